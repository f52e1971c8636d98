import type { LoadedExamples } from '../../datasets/index.ts';
import type { ModelPackage, Tensor } from '../../models/package/index.ts';
import { prepareRecipe } from '../../signal/index.ts';
import { windowAt } from '../prepare/window-features.ts';

/**
 * A row as the tensors that a model's graph takes, for test vectors.
 *
 * @returns nothing for inputs that are neither named features nor windows whose layout is known
 */
export function rawInput(
  { manifest }: ModelPackage,
  examples: LoadedExamples,
  row: number,
): Record<string, Tensor> | undefined {
  const [input, other] = manifest.inputs;
  if (!input || other || input.type !== 'float32') return undefined;
  const { columns, values, width, window } = examples;
  if (input.features) {
    const made = manifest.recipe && examples.kind === 'window' ? prepareRecipe(manifest.recipe) : undefined;
    const names = made?.featureNames ?? columns;
    const own: ArrayLike<number> = made
      ? made.run(windowAt(examples, row))
      : values.subarray(row * width, (row + 1) * width);
    const data = input.features.map((name) => Math.fround(own[names.indexOf(name)] ?? NaN));
    return data.every(Number.isFinite) ? { [input.name]: { shape: [1, data.length], data } } : undefined;
  }
  if (!input.window || !window) return undefined;
  const chosen = input.window.channels ?? columns;
  const places = chosen.map((name) => columns.indexOf(name));
  if (places.includes(-1)) return undefined;
  const at = (sample: number, channel: number) =>
    values[row * width + sample * columns.length + (places[channel] as number)] as number;
  const { samples } = window;
  const bySamples = input.window.layout === 'samples-channels';
  const data = Array.from({ length: samples * chosen.length }, (_, n) =>
    bySamples ? at(Math.floor(n / chosen.length), n % chosen.length) : at(n % samples, Math.floor(n / samples)),
  );
  return { [input.name]: { shape: bySamples ? [1, samples, chosen.length] : [1, chosen.length, samples], data } };
}

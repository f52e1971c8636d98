import type { WindowPayload } from '../../../runtime/messages/index.ts';
import { type Block, prepareRecipe, type Recipe } from '../../../runtime/signal/index.ts';

/** A window of these channels. */
export function windowOf(columns: Readonly<Record<string, ArrayLike<number>>>, rate: number, start = 0): WindowPayload {
  const channels = Object.keys(columns);
  const length = columns[channels[0] ?? '']?.length ?? 0;
  const data = new Float32Array(length * channels.length);
  channels.forEach((channel, index) => {
    for (let n = 0; n < length; n++) data[n * channels.length + index] = columns[channel]?.[n] ?? NaN;
  });
  return { channels, rate, start, data, shape: [length, channels.length] };
}

/** A recipe of these blocks for such windows. */
export function recipeOf(blocks: readonly Block[], { channels, rate, shape }: WindowPayload): Recipe {
  return { channels: [...channels], rate, length: shape[0], stride: shape[0], blocks: [...blocks] };
}

/** The features of one window, by name. */
export function featuresOf(blocks: readonly Block[], window: WindowPayload): Record<string, number> {
  const prepared = prepareRecipe(recipeOf(blocks, window));
  const values = prepared.run(window);
  return Object.fromEntries(prepared.featureNames.map((name, index) => [name, values[index] ?? NaN]));
}

/** Something that is neither regular nor random, in [-2, 2]. */
export const wavy = (length: number, seed = 1): Float64Array =>
  Float64Array.from({ length }, (_, n) => Math.fround(Math.sin(n * 0.37 * seed) + Math.sin(n * n * 0.013 + seed)));

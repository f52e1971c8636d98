import type { Manifest } from '../models/package/index.ts';
import { errors } from './errors.ts';
import { plainValues, toPlainTensor } from './tensor.ts';
import type { Tensors, TierName } from './tiers/tier.ts';

/**
 * Asks the loaded model what its package knows the answers to.
 *
 * @throws VECTORS_DISAGREE with the first difference beyond the vector's tolerance; texts must be equal
 */
export async function checkVectors(
  manifest: Manifest,
  tier: TierName,
  run: (feeds: Tensors) => Promise<Tensors>,
): Promise<void> {
  const typeOf = new Map(manifest.inputs.map(({ name, type }) => [name, type]));
  for (const [vector, { inputs, outputs, tolerance }] of manifest.vectors.entries()) {
    const feeds = Object.entries(inputs).map(([name, tensor]) => {
      return [name, toPlainTensor(typeOf.get(name) ?? 'float32', tensor)] as const;
    });
    const answers = await run(Object.fromEntries(feeds));
    for (const [output, expected] of Object.entries(outputs)) {
      const answer = answers[output];
      const got = answer ? plainValues(answer) : [];
      // Over the longer of the two: what is missing differs.
      for (let i = 0; i < Math.max(got.length, expected.data.length); i++) {
        const difference = differenceOf(expected.data[i], got[i]);
        if (difference <= tolerance) continue;
        throw errors.VECTORS_DISAGREE({
          model: manifest.name,
          tier,
          vector,
          output: expected.data.length > 1 ? `${output}[${i}]` : output,
          expected: expected.data[i] ?? 'nothing',
          got: got[i] ?? 'nothing',
          difference: Number.isFinite(difference) ? difference : undefined,
          tolerance,
        });
      }
    }
  }
}

/** Infinite where the values cannot be compared. */
function differenceOf(expected: number | string | undefined, got: number | string | undefined): number {
  if (expected === got) return 0;
  if (typeof expected !== 'number' || typeof got !== 'number') return Infinity;
  const difference = Math.abs(expected - got);
  return Number.isNaN(difference) ? Infinity : difference;
}

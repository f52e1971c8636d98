import type { Explanation } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { errors } from '../errors.ts';
import type { ReadInput } from '../inputs/types.ts';
import type { RunningModel } from '../running-model.ts';
import { byPermutation } from './by-permutation.ts';
import { targetOf } from './target.ts';

/**
 * How much each feature moved one prediction: what the compiled form says of it where it is linear or made of trees, else
 * what happens to the answer with other values of the feature.
 *
 * @throws EXPLANATION_UNAVAILABLE
 */
export async function explain(
  pkg: ModelPackage,
  running: RunningModel,
  { feeds, rows }: ReadInput,
  names: readonly string[],
): Promise<Explanation> {
  const { manifest } = pkg;
  const [input, ...others] = manifest.inputs;
  const row = input && feeds[input.name]?.data;
  if (rows !== 1 || others.length > 0 || !(row instanceof Float32Array) || row.length !== names.length) {
    throw errors.EXPLANATION_UNAVAILABLE({ model: manifest.name });
  }
  const { column, of, score } = await targetOf(manifest, running, feeds);
  const exact = running.explain?.(row, column);
  const explained = exact ?? (await byPermutation(pkg, running, row, score));
  const contributions = names.map((feature, i) => ({
    feature,
    value: row[i] ?? 0,
    contribution: explained.contributions[i] ?? 0,
  }));
  contributions.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return { method: explained.method, of, base: explained.base, contributions };
}

import type { ModelPackage } from '../../models/package/index.ts';
import { toPlainTensor } from '../tensor.ts';
import type { RunningModel } from '../running-model.ts';
import type { Tensors } from '../tiers/tier.ts';

/** Rows of the reference that lend their values. */
const ROWS = 24;

export interface Permuted {
  readonly method: 'permutation';
  /** The mean answer to the rows that lend their values. */
  readonly base: number;
  readonly contributions: Float64Array;
}

/**
 * What each feature does for one answer: the mean change when its value is replaced by that of other rows.
 *
 * @param row   features
 * @param score the number that is explained, one a row of answers
 * @see Štrumbelj and Kononenko (2014), with one feature at a time
 */
export async function byPermutation(
  pkg: ModelPackage,
  running: RunningModel,
  row: Float32Array,
  score: (answers: Tensors, rows: number) => number[],
): Promise<Permuted> {
  const { manifest } = pkg;
  const others = usualRows(pkg, row.length);
  const name = manifest.inputs[0]?.name ?? '';
  const dims = (manifest.inputs[0]?.shape ?? []).map((size) => (typeof size === 'number' && size > 0 ? size : 1));
  const answer = async (asked: Float32Array) => {
    const feeds = { [name]: { type: 'float32', dims, data: asked } };
    return score(await running.run(feeds, 1).answer, 1)[0] ?? 0;
  };
  const usual = await Promise.all(others.map((other) => answer(Float32Array.from(other))));
  const own = await answer(row);
  const contributions = new Float64Array(row.length);
  for (let feature = 0; feature < row.length; feature++) {
    const changed = await Promise.all(
      others.map((other) => {
        const asked = row.slice();
        asked[feature] = other[feature] ?? 0;
        return answer(asked);
      }),
    );
    contributions[feature] = own - mean(changed);
  }
  return { method: 'permutation', base: mean(usual), contributions };
}

/** Rows spread over the reference; without one, the test vectors; without those, a row of zeros. */
function usualRows({ manifest, reference }: ModelPackage, width: number): ArrayLike<number>[] {
  const rows: readonly ArrayLike<number>[] = reference?.rows ?? vectorRows(manifest);
  const fitting = rows.filter(({ length }) => length === width);
  if (fitting.length === 0) return [new Float32Array(width)];
  const stride = Math.max(1, Math.floor(fitting.length / ROWS));
  return fitting.filter((_, i) => i % stride === 0).slice(0, ROWS);
}

function vectorRows({ inputs, vectors }: ModelPackage['manifest']): ArrayLike<number>[] {
  const [input] = inputs;
  if (!input) return [];
  return vectors.flatMap((vector) => {
    const given = vector.inputs[input.name];
    return given ? [toPlainTensor('float32', given).data as Float32Array] : [];
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

import type { Rows } from '../prepare/prepared.ts';
import { groupFolds, rowFolds, type SplitBy, timeFolds } from './hold-out.ts';

export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Folds of a cross-validation among the rows to learn from, by the same rule as the rows to test on were held out.
 *
 * @param chosen rows to learn from
 * @returns fewer where there are not as many groups; none where one fold would hold everything. Rows by their place in `chosen`
 */
export function foldsOf(rows: Rows, chosen: ArrayLike<number>, by: SplitBy, count: number): readonly Fold[] {
  const own: Rows = {
    rows: chosen.length,
    ids: Int32Array.from(chosen, (row) => rows.ids[row] as number),
    groups: Array.from(chosen, (row) => rows.groups[row] as string),
    times: Float64Array.from(chosen, (row) => rows.times[row] as number),
    strata: Int32Array.from(chosen, (row) => rows.strata[row] as number),
  };
  const groups = new Set(own.groups).size;
  const parts = by === 'group' && groups < 2 ? 'row' : by;
  const wanted = Math.max(2, parts === 'group' ? Math.min(count, groups) : count);
  const numbers =
    parts === 'group' ? groupFolds(own, wanted) : parts === 'time' ? timeFolds(own, wanted) : rowFolds(own, wanted);
  const all = Array.from(numbers.keys());
  return Array.from({ length: wanted }, (_, fold) => ({
    train: Int32Array.from(all.filter((row) => numbers[row] !== fold)),
    test: Int32Array.from(all.filter((row) => numbers[row] === fold)),
  })).filter(({ train, test }) => train.length > 0 && test.length > 0);
}

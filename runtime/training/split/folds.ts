import { foldExamples, type Split } from '../../datasets/index.ts';
import type { Prepared } from '../prepare/prepared.ts';
import { splitRows, spreadTask } from './hold-out.ts';

/** Places in the list of chosen rows. */
export type Fold = Pick<Split, 'train' | 'test'>;

/**
 * Folds of a cross-validation among the rows to learn from, by the same rule as the rows to test on were held out. Where a label
 * has but one group left among them, its rows are told apart by time, or in order: see `foldsKeepGroups`.
 *
 * @param chosen rows to learn from
 * @returns fewer where there are not as many groups or rows; none where nothing can be held out
 */
export function foldsOf(
  prepared: Prepared,
  chosen: ArrayLike<number>,
  by: Split['by'],
  count: number,
  seed = 1,
): readonly Fold[] {
  const own = splitRows({
    ...prepared,
    rows: chosen.length,
    groups: Array.from(chosen, (row) => prepared.groups[row] as string),
    times: Float64Array.from(chosen, (row) => prepared.times[row] as number),
    sources: Array.from(chosen, (row) => prepared.sources[row] as string),
    strata: Int32Array.from(chosen, (row) => prepared.strata[row] as number),
  });
  const fold = (rule: Split['by']) =>
    foldExamples(own, count, { by: rule, seed, task: spreadTask(prepared.task), span: prepared.span });
  const folds = fold(by);
  if (folds.length > 0 || by !== 'group') return folds;
  return fold(own.times.every(Number.isFinite) ? 'time' : 'row');
}

/** Whether no fold of these rows need hold a part of a group of which it has learnt another part. */
export function foldsKeepGroups(prepared: Prepared, chosen: ArrayLike<number>): boolean {
  const groups = new Map<number, Set<string>>();
  for (let at = 0; at < chosen.length; at++) {
    const row = chosen[at] as number;
    const code = prepared.strata[row] as number;
    // A row without a group is one of its own.
    const own = groups.get(code) ?? new Set();
    groups.set(code, own.add(prepared.groups[row] || `\0${row}`));
  }
  return [...groups.values()].every(({ size }) => size > 1);
}

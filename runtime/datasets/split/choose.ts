import { rowsBy, strataOf } from './strata.ts';
import type { SplitBy, SplitOptions, SplitRows } from './types.ts';

/** Of a task without classes: fewer groups say little of others. */
const LEAST_GROUPS = 4;

/** What rows are told apart by, where nobody says it. */
export function chooseSplit(rows: SplitRows, options: Pick<SplitOptions, 'by' | 'task'>): SplitBy {
  if (options.by !== 'auto') return options.by;
  if (hasEnoughGroups(rows, options)) return 'group';
  return hasTimes(rows) ? 'time' : 'row';
}

/** Every row has a group, and every label lies in two or more. */
function hasEnoughGroups(rows: SplitRows, options: Pick<SplitOptions, 'task'>): boolean {
  if (rows.groups.some((group) => group === '')) return false;
  const codes = strataOf(rows, options);
  const byLabel = rowsBy(rows.groups.length, (row) => codes[row] as number);
  const least = options.task === 'classification' ? 2 : LEAST_GROUPS;
  return (
    byLabel.size > 0 && [...byLabel.values()].every((of) => new Set(of.map((row) => rows.groups[row])).size >= least)
  );
}

function hasTimes({ times }: SplitRows): boolean {
  return times.length > 1 && times.every((time) => Number.isFinite(time)) && times.some((time) => time !== times[0]);
}

import type { TrainingChoices } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import type { Rows } from '../prepare/prepared.ts';

export type SplitBy = 'group' | 'time' | 'row';

export interface HeldOut {
  readonly by: SplitBy;
  /** Rows to learn from, and rows to test on, ascending. Of a split by time there may be rows between them that are neither. */
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** One sentence: what the model is tested on. */
  readonly words: string;
}

/**
 * Holds out rows to test on: whole groups, the last part of each group, or every k-th row of each label. Nothing is drawn at
 * random.
 *
 * @throws EXAMPLES_TOO_FEW if either part would be empty
 */
export function holdOut(rows: Rows, { testBy, testShare }: Pick<TrainingChoices, 'testBy' | 'testShare'>): HeldOut {
  const by = testBy === 'auto' ? chooseBy(rows) : testBy;
  const tested =
    by === 'group'
      ? testGroups(rows, testShare)
      : by === 'time'
        ? lastPart(rows, testShare)
        : everyKth(rows, testShare);
  const all = Array.from({ length: rows.rows }, (_, row) => row);
  const train = Int32Array.from(all.filter((row) => !tested.has(row)));
  const test = Int32Array.from(all.filter((row) => tested.has(row)));
  if (train.length === 0 || test.length === 0) {
    throw errors.EXAMPLES_TOO_FEW({ usable: rows.rows, of: rows.rows, needed: 2 });
  }
  return { by, train, test, words: wordsOf(rows, by, test) };
}

/** Groups where every label has at least two; time where it is known; else rows. */
function chooseBy(rows: Rows): SplitBy {
  const groupsOf = new Map<number, Set<string>>();
  rows.groups.forEach((group, row) => {
    const stratum = rows.strata[row] as number;
    groupsOf.set(stratum, (groupsOf.get(stratum) ?? new Set()).add(group));
  });
  if (new Set(rows.groups).size > 1 && [...groupsOf.values()].every((groups) => groups.size > 1)) return 'group';
  return rows.times.every(Number.isFinite) ? 'time' : 'row';
}

function testGroups(rows: Rows, share: number): Set<number> {
  const folds = groupFolds(rows, Math.max(2, Math.round(1 / share)));
  return new Set([...folds.keys()].filter((row) => folds[row] === 0));
}

function lastPart(rows: Rows, share: number): Set<number> {
  const tested = new Set<number>();
  for (const stretch of stretches(rows)) {
    const ordered = [...stretch].sort((a, b) => timeOf(rows, a) - timeOf(rows, b) || a - b);
    ordered.slice(Math.ceil(ordered.length * (1 - share))).forEach((row) => tested.add(row));
  }
  return tested;
}

function everyKth(rows: Rows, share: number): Set<number> {
  const folds = rowFolds(rows, Math.max(2, Math.round(1 / share)));
  const last = Math.max(2, Math.round(1 / share)) - 1;
  return new Set([...folds.keys()].filter((row) => folds[row] === last));
}

/** Rows of one label in one group. */
function stretches({ groups, strata }: Rows): number[][] {
  const held = new Map<string, number[]>();
  groups.forEach((group, row) => {
    const key = `${strata[row]} ${group}`;
    const rows = held.get(key) ?? [];
    rows.push(row);
    held.set(key, rows);
  });
  return [...held.values()];
}

const timeOf = ({ times }: Rows, row: number) => (Number.isFinite(times[row]) ? (times[row] as number) : row);

/** A number of a fold for each row: whole groups, so that every fold has about as many rows of each label. */
export function groupFolds({ groups, strata, rows }: Rows, count: number): Int32Array {
  const groupRows = new Map<string, number[]>();
  groups.forEach((group, row) => groupRows.set(group, [...(groupRows.get(group) ?? []), row]));
  const most = Math.max(0, ...strata) + 1;
  const held = Array.from({ length: count }, () => new Float64Array(most));
  const folds = new Int32Array(rows);
  // The largest first; a tie goes by the order in which they came.
  const ordered = [...groupRows.values()].sort((a, b) => b.length - a.length || (a[0] as number) - (b[0] as number));
  for (const own of ordered) {
    const added = new Float64Array(most);
    for (const row of own) added[strata[row] as number] = (added[strata[row] as number] ?? 0) + 1;
    const cost = (fold: Float64Array) => added.reduce((sum, part, label) => sum + part * (fold[label] as number), 0);
    let best = 0;
    held.forEach((fold, at) => {
      if (cost(fold) < cost(held[best] as Float64Array)) best = at;
    });
    added.forEach((part, label) => {
      const fold = held[best] as Float64Array;
      fold[label] = (fold[label] as number) + part;
    });
    for (const row of own) folds[row] = best;
  }
  return folds;
}

/** A number of a fold for each row: of each label one row after the other goes to the next fold. */
export function rowFolds({ strata, rows }: Rows, count: number): Int32Array {
  const next = new Map<number, number>();
  return Int32Array.from({ length: rows }, (_, row) => {
    const stratum = strata[row] as number;
    const fold = next.get(stratum) ?? 0;
    next.set(stratum, (fold + 1) % count);
    return fold;
  });
}

/** A number of a fold for each row: stretches of time of each label in each group. */
export function timeFolds(rows: Rows, count: number): Int32Array {
  const folds = new Int32Array(rows.rows);
  for (const stretch of stretches(rows)) {
    const ordered = [...stretch].sort((a, b) => timeOf(rows, a) - timeOf(rows, b) || a - b);
    ordered.forEach((row, at) => (folds[row] = Math.floor((at * count) / ordered.length)));
  }
  return folds;
}

function wordsOf(rows: Rows, by: SplitBy, test: Int32Array): string {
  const examples = `${test.length} of ${rows.rows} examples`;
  if (by === 'row') return `Tested on ${examples}, evenly chosen of each label.`;
  if (by === 'time') return `Tested on the last part of each recording: ${examples}.`;
  const groups = new Set(rows.groups);
  const tested = new Set(Array.from(test, (row) => rows.groups[row]));
  return `Tested on ${tested.size} of ${groups.size} groups that it has not seen: ${examples}.`;
}

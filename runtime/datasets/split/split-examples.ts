import { chooseSplit } from './choose.ts';
import { dealGroups } from './groups.ts';
import { overlapping } from './overlaps.ts';
import { rowsBy, strataOf } from './strata.ts';
import type { Split, SplitBy, SplitOptions, SplitRows } from './types.ts';

/**
 * Divides rows into those a model is trained on and those it is tested on. Never by shuffling: neighbours in time are nearly
 * the same, and a model that is tested on the neighbours of what it has seen is praised for its memory.
 *
 * - `group`: whole groups; labels in each part as in the whole, as well as whole groups allow; seeded
 * - `time`: of each label the last part of every run; what shares samples with it is left out
 * - `row`: of each label, in order, every k-th (k = 1 ÷ share); only for rows that have nothing to do with each other
 */
export function splitExamples(rows: SplitRows, options: SplitOptions): Split {
  const by = chooseSplit(rows, options);
  const inTest =
    by === 'group' ? testGroups(rows, options) : by === 'time' ? testEnds(rows, options) : testEvery(rows, options);
  return toSplit(rows, inTest, options.span, by, wordsOf(by, rows, inTest, options));
}

/**
 * Folds of a cross-validation by the same rules: every row is tested on once. Fewer than asked for where a label has fewer
 * groups or rows.
 */
export function foldExamples(rows: SplitRows, folds: number, options: Omit<SplitOptions, 'share'>): readonly Split[] {
  const by = chooseSplit(rows, options);
  const count = rows.labels.length;
  const codes = strataOf(rows, options);
  let most = Math.min(folds, count);
  let parts: Int32Array;
  if (by === 'group') {
    most = Math.min(most, leastGroups(rows, codes));
    parts = most < 2 ? new Int32Array(count) : dealGroups(rows, options, new Array<number>(most).fill(1 / most));
  } else {
    const smallest = Math.min(...[...rowsBy(count, (row) => codes[row]).values()].map(({ length }) => length));
    most = Math.min(most, Math.max(2, smallest));
    parts = new Int32Array(count);
    const lists = by === 'time' ? runs(rows, codes) : [...rowsBy(count, (row) => codes[row]).values()];
    for (const list of lists) {
      for (const [place, row] of list.entries()) {
        parts[row] = by === 'time' ? Math.floor((place * most) / list.length) : place % most;
      }
    }
  }
  if (most < 2) return [];
  return Array.from({ length: most }, (_, fold) => {
    const inTest = Uint8Array.from(parts, (part) => (part === fold ? 1 : 0));
    return toSplit(rows, inTest, options.span, by, `fold ${fold + 1} of ${most}`);
  }).filter(({ train, test }) => train.length > 0 && test.length > 0);
}

function leastGroups(rows: SplitRows, codes: Int32Array): number {
  const byLabel = rowsBy(codes.length, (row) => codes[row]);
  return Math.min(...[...byLabel.values()].map((of) => new Set(of.map((row) => rows.groups[row] || row)).size));
}

const testGroups = (rows: SplitRows, options: SplitOptions) =>
  Uint8Array.from(dealGroups(rows, options, [1 - options.share, options.share]));

/** The rows of each label in each run, in the order of time. */
function runs(rows: SplitRows, codes: Int32Array): number[][] {
  const found = [...rowsBy(codes.length, (row) => `${rows.sources[row]}\0${rows.groups[row]}\0${codes[row]}`).values()];
  const time = (row: number) => {
    const own = rows.times[row] as number;
    return Number.isFinite(own) ? own : -Infinity;
  };
  for (const run of found) run.sort((a, b) => compare(time(a), time(b)) || a - b);
  return found;
}

const compare = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);

function testEnds(rows: SplitRows, options: SplitOptions): Uint8Array {
  const inTest = new Uint8Array(rows.labels.length);
  for (const run of runs(rows, strataOf(rows, options))) {
    const tested = run.length < 2 ? 0 : Math.min(run.length - 1, Math.max(1, Math.round(run.length * options.share)));
    for (const row of run.slice(run.length - tested)) inTest[row] = 1;
  }
  return inTest;
}

function testEvery(rows: SplitRows, options: SplitOptions): Uint8Array {
  const codes = strataOf(rows, options);
  const inTest = new Uint8Array(codes.length);
  const step = Math.max(2, Math.round(1 / options.share));
  for (const of of rowsBy(codes.length, (row) => codes[row]).values()) {
    // Of fewer than a step, the last.
    const [first, by] = of.length < step && of.length > 1 ? [of.length - 1, of.length] : [step - 1, step];
    for (let place = first; place < of.length; place += by) inTest[of[place] as number] = 1;
  }
  return inTest;
}

function toSplit(rows: SplitRows, inTest: Uint8Array, span: number, by: SplitBy, words: string): Split {
  const dropped = overlapping(rows, inTest, span);
  const pick = (fits: (row: number) => boolean) => {
    const found: number[] = [];
    for (let row = 0; row < inTest.length; row++) if (fits(row)) found.push(row);
    return Int32Array.from(found);
  };
  return {
    by,
    train: pick((row) => inTest[row] === 0 && dropped[row] === 0),
    test: pick((row) => inTest[row] === 1),
    left: pick((row) => inTest[row] === 0 && dropped[row] === 1),
    words: dropped.includes(1) ? `${words}; what overlaps it in time is left out` : words,
  };
}

function wordsOf(by: SplitBy, rows: SplitRows, inTest: Uint8Array, { share, task }: SplitOptions): string {
  const tested = inTest.reduce((sum, each) => sum + each, 0);
  const of = `${tested} of ${inTest.length} examples`;
  if (by === 'group') {
    const groups = new Set(rows.groups);
    const held = new Set(rows.groups.filter((_, row) => inTest[row] === 1));
    return `Tested on ${of}: ${held.size} of ${groups.size} groups that the model never saw`;
  }
  if (by === 'time') return `Tested on ${of}: the last ${Math.round(share * 100)} % of every run`;
  const step = Math.max(2, Math.round(1 / share));
  return `Tested on ${of}: every ${ordinal(step)}${task === 'classification' ? ' of each label' : ''}, in order`;
}

const ordinal = (number: number) => `${number}${number === 2 ? 'nd' : number === 3 ? 'rd' : 'th'}`;

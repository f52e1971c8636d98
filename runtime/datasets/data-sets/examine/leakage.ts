import type { Finding } from '../../../messages/index.ts';
import { seededRandom } from '../../../numerics/index.ts';
import { overlapping } from '../../split/overlaps.ts';
import type { Split } from '../../split/types.ts';
import type { LoadedExamples } from '../types.ts';
import { areClasses, count, rowsOfLabels, SHOWN } from './label-findings.ts';
import { columnOf, tableOf } from './table-of.ts';

/** ms that an example covers: of a window its samples, of features the window of their recipe; 0: not known. */
export function spanOf({ window, recipe }: Pick<LoadedExamples, 'window' | 'recipe'>): number {
  if (window) return (window.samples / window.rate) * 1000;
  if (recipe === undefined) return 0;
  const { rate, length } = JSON.parse(recipe) as { rate?: unknown; length?: unknown };
  return typeof rate === 'number' && typeof length === 'number' && rate > 0 ? (length / rate) * 1000 : 0;
}

/**
 * What lets a model look better than it is: the same or nearly the same example in both parts, windows that share samples,
 * and a column that gives the label away without having to do with it.
 */
export function findLeakage(examples: LoadedExamples, split: Split): Finding[] {
  return [...sameInBoth(examples, split), ...overlapInBoth(examples, split), ...tellingColumns(examples)];
}

const TEST = 1;
const TRAIN = 2;

function partsOf(rows: number, { train, test }: Split): Uint8Array {
  const part = new Uint8Array(rows);
  for (const row of test) part[row] = TEST;
  for (const row of train) part[row] = TRAIN;
  return part;
}

/** Of a column's standard deviation: so near are two readings of one and the same thing, and not two things. */
const NEAR = 1e-3;
const PROJECTIONS = 3;
/** In the order of a projection, neighbours that are looked at. */
const LOOK = 12;

/** Nearly the same rows are neighbours in every projection: a few are enough to find them. */
function sameInBoth(examples: LoadedExamples, split: Split): Finding[] {
  const { rows, width, values } = examples;
  const part = partsOf(rows, split);
  const deviations = columnDeviations(examples);
  const random = seededRandom(1);
  const twins = new Set<number>();
  for (let turn = 0; turn < PROJECTIONS; turn++) {
    const weights = Float64Array.from(deviations, (deviation) => (deviation > 0 ? (random() - 0.5) / deviation : 0));
    const along = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let at = 0; at < width; at++) sum += (values[row * width + at] as number) * (weights[at] as number);
      along[row] = sum;
    }
    const order = Uint32Array.from({ length: rows }, (_, row) => row).sort(
      (a, b) => (along[a] as number) - (along[b] as number) || a - b,
    );
    for (let place = 0; place < rows; place++) {
      const row = order[place] as number;
      if (part[row] === 0) continue;
      for (let next = place + 1; next < Math.min(rows, place + LOOK); next++) {
        const other = order[next] as number;
        if ((part[row] as number) + (part[other] as number) !== TEST + TRAIN || part[other] === 0) continue;
        if (near(values, width, row, other, deviations)) twins.add(part[row] === TEST ? row : other);
      }
    }
  }
  if (twins.size === 0) return [];
  return [
    {
      code: 'LEAKAGE_SAME',
      weight: twins.size > 0.02 * split.test.length ? 'warning' : 'hint',
      message: `${count(twins.size, 'example')} of the ${split.test.length} that the model is tested on ${twins.size === 1 ? 'is' : 'are'} the same, or nearly, as one that it has learnt from.`,
      hint: 'It can have learnt them by heart, so the figures are too good. Remove duplicates, or give examples that belong together one group.',
      examples: [...twins]
        .sort((a, b) => a - b)
        .slice(0, SHOWN)
        .map((row) => examples.ids[row] as number),
    },
  ];
}

function near(values: Float32Array, width: number, a: number, b: number, deviations: Float64Array): boolean {
  let sum = 0;
  let most = 0;
  for (let at = 0; at < width; at++) {
    const deviation = deviations[at] as number;
    if (deviation === 0) continue;
    most++;
    sum += (((values[a * width + at] as number) - (values[b * width + at] as number)) / deviation) ** 2;
  }
  return most > 0 && sum <= most * NEAR * NEAR;
}

function columnDeviations({ rows, width, values }: LoadedExamples): Float64Array {
  const deviations = new Float64Array(width);
  for (let at = 0; at < width; at++) {
    const level = values[at] as number;
    let [sum, squares] = [0, 0];
    for (let row = 0; row < rows; row++) {
      const value = (values[row * width + at] as number) - level;
      sum += value;
      squares += value * value;
    }
    deviations[at] = Math.sqrt(Math.max(0, squares / rows - (sum / rows) ** 2));
  }
  return deviations;
}

function overlapInBoth(examples: LoadedExamples, split: Split): Finding[] {
  const span = spanOf(examples);
  const part = partsOf(examples.rows, split);
  const inTrain = Uint8Array.from(part, (each) => (each === TRAIN ? 1 : 0));
  const shared = overlapping(examples, inTrain, span);
  const rows = [...split.test].filter((row) => shared[row] === 1);
  if (rows.length === 0) return [];
  return [
    {
      code: 'LEAKAGE_OVERLAP',
      weight: 'warning',
      message: `${count(rows.length, 'window')} of the ${split.test.length} that the model is tested on share${rows.length === 1 ? 's' : ''} samples with one that it has learnt from.`,
      hint: 'The figures are too good. Test by time, which leaves a gap, or by groups that lie apart in time.',
      examples: rows.slice(0, SHOWN).map((row) => examples.ids[row] as number),
    },
  ];
}

/** Fewer examples are told apart by chance. */
const LEAST = 20;
const COUNTERS =
  /^(id|index|idx|row|no|nr|number|count|counter|seq|sequence|time|timestamp|date|t|ts|epoch)(_?\w{1,3})?$/i;

/** A feature that counts up with time or with the order of collecting, or that is the label in another word. */
export function tellingColumns(examples: LoadedExamples): Finding[] {
  const byLabel = rowsOfLabels(examples);
  if (examples.kind !== 'features' || byLabel.length < 2 || examples.rows < LEAST || !areClasses(byLabel)) return [];
  const table = tableOf(examples);
  const found: Finding[] = [];
  const say = (name: string, message: string, hint: string) =>
    found.push({ code: 'LEAKAGE_FEATURE', weight: 'warning', message: `"${name}" ${message}`, hint });
  for (const [index, name] of table.columns.entries()) {
    const values = columnOf(table, index);
    if (counts(values) || (COUNTERS.test(name) && counts(inOrder(values, examples.times)))) {
      say(
        name,
        'only ever grows from one example to the next, as a clock or a counter does.',
        'A model can learn from it when an example was collected instead of what it is, and fails on new ones. Leave this column out.',
      );
    } else if (isLabel(values, byLabel)) {
      say(
        name,
        'has one value for each label, and no other.',
        'If it was made from the label, the model has nothing to learn and fails where it is not known. Leave this column out, unless a sensor measures it.',
      );
    }
  }
  return found.slice(0, 10);
}

function counts(values: Float64Array): boolean {
  let different = 0;
  for (let row = 1; row < values.length; row++) {
    if ((values[row] as number) < (values[row - 1] as number)) return false;
    if ((values[row] as number) > (values[row - 1] as number)) different++;
  }
  return different >= 0.9 * (values.length - 1);
}

function inOrder(values: Float64Array, times: Float64Array): Float64Array {
  if (!times.every((time) => Number.isFinite(time))) return values;
  const order = Uint32Array.from(values, (_, row) => row).sort(
    (a, b) => (times[a] as number) - (times[b] as number) || a - b,
  );
  return Float64Array.from(order, (row) => values[row] as number);
}

/** Few different values, each of one label only: a code of the label, and not a measurement. */
function isLabel(values: Float64Array, byLabel: readonly (readonly [unknown, readonly number[]])[]): boolean {
  const seen = new Set<number>();
  for (const [, rows] of byLabel) {
    const own = values[rows[0] as number] as number;
    if (seen.has(own) || rows.some((row) => values[row] !== own)) return false;
    seen.add(own);
  }
  return true;
}

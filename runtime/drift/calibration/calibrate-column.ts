import { mean, quantile, standardDeviation } from '../../numerics/index.ts';
import { enoughOf } from './calibrate.ts';
import { chunkStarts, heldOut, MOST_WINDOWS, sortInto } from './chunks.ts';
import type { CalibratedFeature, ColumnSource, Yardstick } from './feature.ts';
import { type Measure, prepareCategories, prepareMeasure } from './measure.ts';
import { neverSeen } from './never-seen.ts';
import type { SeasonProfile } from './season.ts';
import { categoryShares, shapeOfCategories, shapeOfNumbers } from './shape.ts';
import { type AlarmTail, alarmTail } from './alarm-tail.ts';
import type { LeftOut } from '../types.ts';

/** How much further than the reference's own extremes a healthy window may lie. */
const MARGIN = 1.4;
/** Where healthy windows come as near to what a statistic cannot exceed, it has no room left for drift. */
const SATURATED = 0.95;
/** Chunks in one piece of work: less than a millisecond. */
const PIECE = 32;
/** Chunks from which a tail can be told at all. */
const FEWEST = 4;

/**
 * @param sorted the values that windows are compared with, ascending: without its season where there is a profile
 */
export function* calibrateNumbers(
  source: ColumnSource,
  sorted: Float64Array,
  profile: SeasonProfile | undefined,
): Generator<void, CalibratedFeature | LeftOut['reason']> {
  const { name, column, values, window, statistic } = source;
  const { measure, most, order } = prepareMeasure(sorted, statistic);
  yield;
  const chunks = yield* chunkValues(source, profile?.heldOut ?? values, sorted.length, measure, order);
  if (countOf(chunks) < FEWEST) return 'too few numbers';
  const tail = tailOf(chunks, sorted.length, window);
  // A window can hardly lie further out than one that stands still at the reference's smallest or largest value.
  const bound = Math.max(tail.largest, MARGIN * Math.max(measure(sorted.subarray(0, 1)), measure(sorted.subarray(-1))));
  const end = Math.min(bound, most === Infinity ? Infinity : (tail.largest + most) / 2);
  if (tail.largest > SATURATED * most) return 'statistic saturates';
  const [middle, spread] = [quantile(sorted, 0.5), standardDeviation(sorted)];
  return {
    ...{ name, column, kind: 'number', statistic, measure, middle, spread, profile },
    ...bounded(tail, end),
    missing: missingOf(source),
    shape: shapeOfNumbers(sorted),
  };
}

export function* calibrateCategory(
  source: ColumnSource,
  sorted: Float64Array,
  categories: readonly string[],
): Generator<void, CalibratedFeature> {
  const { name, column, values, window, statistic } = source;
  const shares = categoryShares(sorted, categories.length);
  const {
    name: used,
    measure,
    order,
  } = prepareCategories(shares, {
    ...{ rows: sorted.length, window, statistic },
  });
  const chunks = yield* chunkValues(source, values, sorted.length, measure, order);
  const tail = tailOf(chunks, sorted.length, window);
  // A window of which so many rows are of a category that the reference has never shown, and the rest as usual.
  const leastAt = (rate: number) => measure.ofShares(mixed(shares, neverSeen(sorted.length, window, rate)));
  return {
    ...{
      name,
      column,
      kind: 'category',
      statistic: used,
      measure: measure,
      categories,
      shares,
      middle: NaN,
      spread: NaN,
    },
    ...withLeast(tail, leastAt),
    missing: missingOf(source),
    shape: shapeOfCategories(shares, categories),
  };
}

/** A feature that never changed has no scale on which a change could be measured: another value is what is told. */
export function calibrateConstant(source: ColumnSource, sorted: Float64Array): CalibratedFeature {
  const { name, column, window } = source;
  const value = mean(sorted);
  const room = 1e-9 * Math.abs(value);
  const measure: Measure = (current) =>
    current.reduce((count, each) => count + Number(Math.abs(each - value) > room), 0) / current.length;
  return {
    ...{ name, column, kind: 'constant', statistic: 'other values', measure, middle: value, spread: 0 },
    ...withLeast(undefined, leastOf(sorted.length, window)),
    missing: missingOf(source),
    shape: shapeOfNumbers(sorted),
  };
}

/** The statistic of each chunk, in pieces of those that follow one another. */
function* chunkValues(
  { window, segments }: ColumnSource,
  values: Float64Array,
  whole: number,
  measure: Measure,
  order: 1 | 2,
): Generator<void, Float64Array[]> {
  const scratch = new Float64Array(window);
  const runs: Float64Array[] = [];
  let done = 0;
  for (const starts of chunkStarts(values.length, window, segments)) {
    const found: number[] = [];
    for (const start of starts) {
      if (++done % PIECE === 0) yield;
      const chunk = sortInto(values.subarray(start, start + window), scratch);
      if (chunk.length >= enoughOf(window)) found.push(heldOut(chunk, whole, measure, order));
    }
    runs.push(Float64Array.from(found));
  }
  return runs;
}

const countOf = (runs: readonly Float64Array[]) => runs.reduce((sum, run) => sum + run.length, 0);

const tailOf = (runs: readonly Float64Array[], values: number, window: number): AlarmTail =>
  alarmTail(runs, Math.max(1, Math.min(values / window, MOST_WINDOWS)));

/** How much of a window is missing while all is well. */
function missingOf({ values, window, segments }: ColumnSource): Yardstick {
  const leastAt = leastOf(values.length, window);
  if (missingIn(values) === 0) return withLeast(undefined, leastAt);
  const shares = chunkStarts(values.length, window, segments).map((starts) =>
    Float64Array.from(starts, (start) => missingIn(values.subarray(start, start + window)) / window),
  );
  return withLeast(tailOf(shares, values.length, window), leastAt);
}

/** On its own, so that what is kept of a calibration does not keep the rows. */
const leastOf = (rows: number, window: number) => (rate: number) => neverSeen(rows, window, rate);

const missingIn = (values: Float64Array) => values.reduce((count, value) => count + Number(!(value === value)), 0);

/** Beyond the end of what is possible, nothing is healthy. */
function bounded(tail: AlarmTail, end: number): Yardstick {
  return {
    thresholdAt: (rate) => Math.min(tail.valueAt(rate), end),
    rateOf: (value) => (value <= tail.largest ? 1 : value > end ? 0 : tail.rateBeyond(value)),
    oneIn: (value) => tail.oneIn(value),
  };
}

/** Below the least, nothing is told; where there is no tail, everything above it is. */
function withLeast(tail: AlarmTail | undefined, leastAt: (rate: number) => number): Yardstick {
  return {
    thresholdAt: (rate) => Math.max(leastAt(rate), tail?.valueAt(rate) ?? 0),
    rateOf: (value, rate) => {
      if (value <= leastAt(rate) || (tail && value <= tail.largest)) return 1;
      return tail?.rateBeyond(value) ?? 0;
    },
    oneIn: (value) => tail?.oneIn(value) ?? Infinity,
  };
}

function mixed(shares: Float64Array, unseen: number): Float64Array {
  const result = shares.map((share) => share * (1 - unseen));
  result[result.length - 1] = (result.at(-1) as number) + unseen;
  return result;
}

import type { Measure } from './measure.ts';

/** More chunks make the threshold little better, but the start slower. */
const MOST_CHUNKS = 1600;
/** Where there are too many, pieces of so many that follow one another are taken. */
const PIECE = 40;
/** Steps of a chunk's length from one chunk to the next. */
export const CHUNK_STEPS = 4;
/** Windows that share no row, at most, of which a threshold is made. */
export const MOST_WINDOWS = MOST_CHUNKS / CHUNK_STEPS;

/**
 * Where the chunks of a reference begin: a quarter of their length apart, in pieces that follow one another. None lies across
 * a gap.
 *
 * @param segments where each piece without a gap begins; the first is 0
 */
export function chunkStarts(rows: number, length: number, segments: readonly number[] = [0]): number[][] {
  const step = Math.max(1, length / CHUNK_STEPS);
  const runs = segments.map((from, index) => {
    const to = segments[index + 1] ?? rows;
    const count = Math.floor((to - from - length) / step) + 1;
    return Array.from({ length: Math.max(0, count) }, (_, i) => from + Math.floor(i * step));
  });
  const total = runs.reduce((sum, run) => sum + run.length, 0);
  if (total <= MOST_CHUNKS) return runs.filter((run) => run.length > 0);
  const pieces = runs.flatMap((run) =>
    Array.from({ length: Math.ceil(run.length / PIECE) }, (_, i) => run.slice(i * PIECE, (i + 1) * PIECE)),
  );
  const kept = MOST_CHUNKS / PIECE;
  return Array.from({ length: kept }, (_, i) => pieces[Math.floor((i * pieces.length) / kept)] as number[]);
}

/**
 * How far a chunk of a reference lies from the rest of it.
 *
 * The rest needs not be gathered: the distribution of the whole is made of the chunk's and the rest's, n and m - n values,
 * so that a gap between distributions obeys whole - chunk = (1 - n/m) × (rest - chunk), and the square of one that squared.
 *
 * @param chunk  sorted ascending
 * @param whole  how many values the reference has
 * @param order  2 for statistics that are squares of gaps, else 1
 */
export function heldOut(chunk: Float64Array, whole: number, measure: Measure, order: 1 | 2): number {
  return measure(chunk) / (1 - chunk.length / whole) ** order;
}

/** Puts the numbers of `values` into `target`, ascending. @returns the part that was filled */
export function sortInto(values: Float64Array, target: Float64Array): Float64Array {
  let filled = 0;
  for (const value of values) if (value === value) target[filled++] = value;
  return target.subarray(0, filled).sort();
}

/** Ascending, without what is missing. */
export const sortedNumbers = (values: Float64Array): Float64Array => values.filter(Number.isFinite).sort();

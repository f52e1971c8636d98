import type { Distance } from './statistic.ts';

/** More chunks make the threshold no better, but the start slower. */
const MOST_CHUNKS = 500;

/**
 * How far chunks of a reference lie from the rest of it: every chunk is held out once.
 *
 * The rest needs not be gathered. Both statistics measure the gap between two empirical distribution functions, and that
 * of the whole is made of the chunk's and the rest's, n and m - n values: whole - chunk = (1 - n/m) × (rest - chunk).
 *
 * @param values   in the order of time; NaN where one is missing
 * @param length   of a chunk: the window that will be compared
 * @param enough   numbers that a chunk needs to count
 * @param distance from the whole reference
 * @returns the statistic of each chunk; chunks overlap by half where the reference is not too long for that
 */
export function heldOutChunks(values: Float64Array, length: number, enough: number, distance: Distance): Float64Array {
  const most = Math.min(MOST_CHUNKS, Math.floor((2 * (values.length - length)) / length) + 1);
  const step = most > 1 ? (values.length - length) / (most - 1) : 0;
  const whole = values.reduce((count, value) => count + Number(Number.isFinite(value)), 0);
  const found: number[] = [];
  for (let i = 0; i < most; i++) {
    const start = Math.round(i * step);
    const chunk = sortedNumbers(values.subarray(start, start + length));
    if (chunk.length >= enough) found.push(distance(chunk) / (1 - chunk.length / whole));
  }
  return Float64Array.from(found);
}

/** Ascending, without what is missing. */
export const sortedNumbers = (values: Float64Array): Float64Array => values.filter(Number.isFinite).sort();

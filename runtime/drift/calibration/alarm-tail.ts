import { fitTail, oneIn, rateBeyond, valueAt } from './tail.ts';
import { CHUNK_STEPS } from './chunks.ts';

/** Chunks overlap by three quarters, and say half as much again as those that do not. */
const OVERLAP = 1.5;

/** How rarely a healthy stream lies beyond a value for a whole window long. */
export interface AlarmTail {
  /** The furthest chunk. */
  readonly largest: number;
  rateBeyond(value: number): number;
  /** Never below the furthest chunk. */
  valueAt(rate: number): number;
  oneIn(value: number): number;
}

/**
 * An alarm is a statistic that lies out at each evaluation of a whole window, from one window to the one after it. Its rate is
 * told in two ways, and the more careful one counts:
 *
 * - two windows that share no row lie out at the square of what one does, which far fewer chunks can tell;
 * - but where the stream changes more slowly than windows follow one another, the second lies out because the first does.
 *   Then it is the least value of each row of chunks, a whole window long, whose tail is taken.
 *
 * @param runs        the statistic of chunks that follow one another, piece by piece of the reference
 * @param independent how many chunks share no row
 */
export function alarmTail(runs: readonly Float64Array[], independent: number): AlarmTail {
  const all = Float64Array.from(runs.flatMap((run) => [...run]));
  const one = fitTail(all, independent, 2, OVERLAP);
  const least = Float64Array.from(runs.flatMap(leastOfWindows));
  // Too short for a whole window of chunks anywhere: the square is all there is.
  const lasting = least.length > 0 ? fitTail(least, independent, 1, 1) : undefined;
  const largest = all.reduce((most, value) => Math.max(most, value), 0);
  return {
    largest,
    rateBeyond: (value) => Math.max(rateBeyond(one, value), lasting ? rateBeyond(lasting, value) : 0),
    valueAt: (rate) => Math.max(largest, valueAt(one, rate), lasting ? valueAt(lasting, rate) : 0),
    oneIn: (value) => oneIn(one, value),
  };
}

/** The least of each chunk and those that follow it, up to the first one that shares no row with it. */
function leastOfWindows(run: Float64Array): number[] {
  const count = Math.max(0, run.length - CHUNK_STEPS);
  return Array.from({ length: count }, (_, i) => Math.min(...run.subarray(i, i + CHUNK_STEPS + 1)));
}

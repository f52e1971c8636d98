/**
 * Samples a second, from the times of the samples: the mean of the intervals, without those that are so long that a
 * sample is missing in them.
 *
 * @param times ms, ascending, at least two
 * @returns Hz; 1 where the times do not tell
 */
export function estimateRate(times: Float64Array): number {
  const intervals = new Float64Array(Math.max(times.length - 1, 0));
  for (let index = 0; index < intervals.length; index++) {
    intervals[index] = (times[index + 1] ?? NaN) - (times[index] ?? NaN);
  }
  const median = intervals.toSorted()[intervals.length >> 1] ?? 0;
  const usual = intervals.filter((interval) => interval <= HOLE * median);
  const mean = usual.reduce((sum, interval) => sum + interval, 0) / usual.length;
  return mean > 0 ? 1000 / mean : 1;
}

/** In how many sample periods at least one sample is missing; below it, it is jitter. */
const HOLE = 1.75;

/** How many samples are missing in the time between two neighbours. */
export function missingBetween(milliseconds: number, rate: number): number {
  const periods = (milliseconds / 1000) * rate;
  return periods < HOLE ? 0 : Math.round(periods) - 1;
}

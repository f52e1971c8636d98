import { missingBetween } from './estimate-rate.ts';
import type { Gap } from './settings.ts';

/**
 * Where samples are missing in a window: those that were left out, and those that never came, which the times tell.
 *
 * @param times ms, ascending, one a sample
 * @param leftOut how many were left out right before each sample
 * @param rate Hz
 */
export function findGaps(times: Float64Array, leftOut: Uint32Array, rate: number): Gap[] {
  const gaps: Gap[] = [];
  for (let sample = 1; sample < times.length; sample++) {
    const between = (times[sample] as number) - (times[sample - 1] as number);
    const missing = Math.max(missingBetween(between, rate), leftOut[sample] as number);
    if (missing > 0) gaps.push({ sample, missing });
  }
  return gaps;
}

export const missingIn = (gaps: readonly Gap[]): number => gaps.reduce((sum, { missing }) => sum + missing, 0);

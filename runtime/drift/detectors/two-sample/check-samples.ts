import { errors } from '../../errors.ts';

/**
 * Refuses what a statistic cannot be made of. Of samples that are sorted as Float64Array sorts, NaN last, the ends tell.
 *
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE
 */
export function checkSamples(statistic: string, ...samples: readonly ArrayLike<number>[]): void {
  for (const sample of samples) {
    if (sample.length === 0) throw errors.SAMPLE_EMPTY({ statistic });
    const last = sample[sample.length - 1] as number;
    if (!Number.isFinite(last)) throw errors.SAMPLE_NOT_FINITE({ statistic, value: last });
    const first = sample[0] as number;
    if (!Number.isFinite(first)) throw errors.SAMPLE_NOT_FINITE({ statistic, value: first });
  }
}

/**
 * As `checkSamples`, for counts by bin or category.
 *
 * @returns how many were counted in each
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE, COUNTS_UNEQUAL
 */
export function checkCounts(
  statistic: string,
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): readonly [number, number] {
  if (reference.length !== current.length) {
    throw errors.COUNTS_UNEQUAL({ statistic, reference: reference.length, current: current.length });
  }
  return [totalOf(statistic, reference), totalOf(statistic, current)];
}

function totalOf(statistic: string, counts: ArrayLike<number>): number {
  let total = 0;
  for (let n = 0; n < counts.length; n++) {
    const value = counts[n] as number;
    if (!(value >= 0 && value < Infinity)) throw errors.SAMPLE_NOT_FINITE({ statistic, value });
    total += value;
  }
  if (total === 0) throw errors.SAMPLE_EMPTY({ statistic });
  return total;
}

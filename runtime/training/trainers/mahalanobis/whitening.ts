import { cholesky, invertLower } from '../../../numerics/index.ts';
import { covariance } from '../pairs/covariance.ts';
import { type TrainingSet, weightOf } from '../standardised/weighted.ts';

/** Less would leave features that never change, or always move together, without any spread. */
const LEAST = 1e-6;

/**
 * The matrix that turns rows into ones whose features are unrelated and have the variance 1, by the covariance
 * (1 − s) S + s · mean variance · I.
 *
 * @param shrinkage s; left out: (features / rows)² / 10, so that with many rows it is nearly S
 * @returns a lower triangle, width × width
 */
export function whitening(
  set: TrainingSet,
  middle: Float64Array,
  shrinkage: number | undefined,
): { matrix: Float64Array; used: number } {
  const { width } = set;
  const plain = covariance(set, middle);
  let variance = 0;
  for (let at = 0; at < plain.length; at += width + 1) variance += (plain[at] as number) / width;
  const usual = Math.min(1, (width / weightOf(set)) ** 2 / 10);
  for (let used = Math.max(LEAST, shrinkage ?? usual); ; used = Math.min(1, used * 10)) {
    const shrunk = plain.map((value, at) => {
      const own = at % (width + 1) === 0 ? used * (variance || 1) : 0;
      return (1 - used) * value + own;
    });
    const lower = cholesky(shrunk, width);
    if (lower) return { matrix: invertLower(lower, width), used };
  }
}

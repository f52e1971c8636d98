import { quantile } from '../../numerics/index.ts';

/** Standard deviations, on the scale of square roots, between the median chunk and the threshold. */
const STRENGTH = 4.6;
/** One-sided 95 % bound of a standard deviation that is known from few chunks. */
const CONFIDENCE = 1.645;
/** How much further than the reference's own extremes a healthy window may lie. */
const MARGIN = 1.4;

/**
 * The threshold of one feature, from how far chunks of its own healthy reference lie from the rest of it.
 *
 * A textbook threshold supposes independent rows. A window of a sensor that changes slowly shows a small part of the
 * sensor's range and lies far from the whole reference although nothing is wrong; its chunks do the same, so that the
 * threshold rises with it. The largest chunk alone is no threshold: a monitor looks at far more windows than a reference
 * has chunks. So the upper half of the chunks is continued outwards:
 *
 *   threshold = (√median + 4.6 × s × (1 + 1.645 / √(2 × chunks)))²
 *
 * where s is the root mean square of √statistic - √median over the chunks above the median. Square roots stand between
 * two failures that were measured: continued as they are, skewed features (kurtosis) alarm every few hours; continued as
 * logarithms, autocorrelated ones never alarm. The bracket allows for few chunks; chunks that overlap are not counted
 * twice in it.
 *
 * Of a strongly autocorrelated feature whose range is bounded (a temperature that follows the load) this is too much: a
 * window can hardly lie further out than one that stands still at the reference's smallest or largest value. 1.4 times
 * that is where such a threshold ends. It never lies below the largest chunk.
 *
 * Measured with references of 2,000 rows and windows of 30: at most one start in 200,000 rows on ten features that are
 * independent, AR(.5), AR(.9) or AR(.97), and none in 18 hours of the virtual pump's 22 features, four rows a second. The
 * price: a shift must stand out of what windows do anyway. On independent rows 1σ is found in a median of 1.4 windows,
 * on AR(.5) 2σ in 1.4; AR(.9) takes 4σ, or windows of 300 rows and a reference of 10,000: then 2σ is found in 1.3.
 *
 * Limits: the reference must show the whole healthy range. What it never saw (a season, a load) is drift to it. Below
 * 1,000 autocorrelated rows, or twenty windows, the extremes are not known well enough to keep silent for days.
 *
 * @param chunks      the statistic of each held-out chunk, at the window size in use
 * @param independent how many of them do not overlap
 * @param extreme     the statistic of a window that stands still at the reference's smallest or largest value
 */
export function thresholdOf(chunks: Float64Array, independent: number, extreme: number): number {
  const roots = chunks.map(Math.sqrt).sort();
  const middle = quantile(roots, 0.5);
  let [squares, above] = [0, 0];
  for (const root of roots) {
    if (root <= middle) continue;
    squares += (root - middle) ** 2;
    above++;
  }
  const spread = above === 0 ? 0 : Math.sqrt(squares / above);
  const caution = 1 + CONFIDENCE / Math.sqrt(2 * independent);
  const continued = (middle + STRENGTH * caution * spread) ** 2;
  const largest = (roots.at(-1) ?? 0) ** 2;
  return Math.max(largest, Math.min(continued, MARGIN * extreme));
}

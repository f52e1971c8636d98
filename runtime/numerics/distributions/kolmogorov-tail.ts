import { logGamma } from './log-gamma.ts';

/** Up to here the exact distribution is cheap: above it, an expansion has ten digits and more. */
const EXACT = 140;
/** n × d² from where on both one-sided deviations hardly ever come together: their tails add up. */
const FAR = { few: 4, many: 2.2 };

/**
 * Upper tail of the Kolmogorov–Smirnov statistic of one sample against a continuous distribution.
 *
 * @param n values in the sample, a positive whole number
 * @param d the statistic, 0 to 1
 * @returns the probability of at least d, to 1e-10 and better
 * @see Simard and L'Ecuyer (2011), Journal of Statistical Software 39(11), for what is used where; agrees with
 *   scipy.stats.kstwo.sf
 *
 * @example
 * kolmogorovTail(2, 0.6).toFixed(12); // '0.320000000000'
 */
export function kolmogorovTail(n: number, d: number): number {
  if (d >= 1) return 0;
  if (n * d <= 0.5) return 1;
  const square = n * d * d;
  if (d >= 0.5 || square >= (n <= EXACT ? FAR.few : FAR.many)) return Math.min(1, 2 * oneSidedTail(n, d));
  // Far inside the matrix is small, and the expansion at its worst.
  const exact = n <= EXACT || n * d ** 1.5 <= 1.4;
  return Math.min(1, Math.max(0, 1 - (exact ? matrixPower(n, d) : expansion(n, d))));
}

/** Of the largest deviation to one side. @see Smirnov (1944); all terms are positive */
function oneSidedTail(n: number, d: number): number {
  let sum = 0;
  const last = Math.floor(n * (1 - d));
  for (let j = 0; j <= last; j++) {
    const below = d + j / n;
    const above = 1 - below;
    if (above <= 0) continue;
    const ways = logGamma(n + 1) - logGamma(j + 1) - logGamma(n - j + 1);
    sum += Math.exp(ways + (j - 1) * Math.log(below) + (n - j) * Math.log(above));
  }
  return d * sum;
}

/** The distribution function, exactly. @see Marsaglia, Tsang and Wang (2003), Journal of Statistical Software 8(18) */
function matrixPower(n: number, d: number): number {
  const k = Math.ceil(n * d);
  const h = k - n * d;
  const size = 2 * k - 1;
  let base = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) base[i * size + j] = i - j + 1 >= 0 ? 1 : 0;
  }
  const put = (i: number, j: number, less: number) => (base[i * size + j] = (base[i * size + j] as number) - less);
  for (let i = 0; i < size; i++) {
    put(i, 0, h ** (i + 1));
    put(size - 1, i, h ** (size - i));
  }
  if (2 * h > 1) put(size - 1, 0, -((2 * h - 1) ** size));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= Math.min(i, size - 1); j++) {
      base[i * size + j] = (base[i * size + j] as number) / Math.exp(logGamma(i - j + 2));
    }
  }
  let power = new Float64Array(size * size);
  for (let i = 0; i < size; i++) power[i * size + i] = 1;
  // A power of two is kept apart, so that nothing overflows.
  let [powerScale, baseScale] = [0, 0];
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) {
      power = product(power, base, size);
      powerScale += baseScale + scaleDown(power);
    }
    base = product(base, base, size);
    baseScale = 2 * baseScale + scaleDown(base);
  }
  const entry = power[(k - 1) * size + k - 1] as number;
  return entry <= 0 ? 0 : Math.exp(Math.log(entry) + powerScale * Math.LN2 + logGamma(n + 1) - n * Math.log(n));
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const into = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k] as number;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) {
        into[i * size + j] = (into[i * size + j] as number) + factor * (b[k * size + j] as number);
      }
    }
  }
  return into;
}

/** @returns by how many powers of two */
function scaleDown(matrix: Float64Array): number {
  const largest = matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest < 2 ** 400) return 0;
  for (let at = 0; at < matrix.length; at++) matrix[at] = (matrix[at] as number) * 2 ** -400;
  return 400;
}

/** The distribution function for many values. @see Pelz and Good (1976), Journal of the Royal Statistical Society B 38 */
function expansion(n: number, d: number): number {
  const z2 = n * d * d;
  const z = Math.sqrt(z2);
  const [z4, z6, z8] = [z2 * z2, z2 ** 3, z2 ** 4];
  const pi2 = Math.PI ** 2;
  const root = Math.sqrt(Math.PI / 2);
  const sums = [0, 0, 0, 0];
  const add = (order: number, value: number) => (sums[order] = (sums[order] as number) + value);
  for (let k = 0; k < 30; k++) {
    // Twice each: the sums run over k and -k (and the halves likewise).
    const half = pi2 * (k + 0.5) ** 2;
    const weight = 2 * Math.exp(-half / (2 * z2));
    const whole = pi2 * k * k;
    const wholeWeight = k === 0 ? 0 : 2 * Math.exp(-whole / (2 * z2));
    if (weight < 1e-300) break;
    add(0, (root / z) * weight);
    add(1, ((half - z2) * weight * root) / (6 * z4));
    add(
      2,
      ((6 * z6 + 2 * z4 + half * (2 * z4 - 5 * z2) + half * half * (1 - 2 * z2)) * weight * root) / (72 * z6 * z) -
        (whole * wholeWeight * root) / (36 * z2 * z),
    );
    const cubic =
      half ** 3 * (5 - 30 * z2) + half * half * (-60 * z2 + 212 * z4) + half * (135 * z4 - 96 * z6) - 30 * z6 - 90 * z8;
    add(
      3,
      (cubic * weight * root) / (6480 * z8 * z2) +
        ((-whole * whole + 3 * whole * z2) * wholeWeight * root) / (216 * z6),
    );
  }
  return sums.reduce((sum, value, order) => sum + value / n ** (order / 2), 0);
}

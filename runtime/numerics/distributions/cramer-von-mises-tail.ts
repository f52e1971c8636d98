import { logGamma } from './log-gamma.ts';

/** Below it is a certainty to more digits than a double has. */
const SMALLEST = 0.003;

/**
 * Upper tail of the Cramér–von Mises statistic, for many values.
 *
 * @param w the statistic of one sample against a continuous distribution, n ω²
 * @returns the probability of at least w, to about 1e-13
 * @see Csörgő and Faraway (1996), Journal of the Royal Statistical Society B 58, equation 1.3; agrees with
 *   scipy.stats.cramervonmises of many values
 *
 * @example
 * cramerVonMisesTail(0.46136).toFixed(5); // '0.05000'
 */
export function cramerVonMisesTail(w: number): number {
  if (w < SMALLEST) return 1;
  let below = 0;
  for (let k = 0; k < 100; k++) {
    const root = 4 * k + 1;
    const q = (root * root) / (16 * w);
    const ratio = Math.exp(logGamma(k + 0.5) - logGamma(k + 1));
    const term = (ratio * Math.sqrt(root) * Math.exp(-2 * q) * scaledBessel(q)) / (Math.PI ** 1.5 * Math.sqrt(w));
    below += term;
    if (term < 1e-17) break;
  }
  return Math.min(1, Math.max(0, 1 - below));
}

/**
 * Modified Bessel function of the second kind and order 1/4, times e^q: ∫ exp(-q (cosh t - 1)) cosh(t/4) dt. The trapezium
 * rule on what falls off twice exponentially is exact to the last digits.
 */
function scaledBessel(q: number): number {
  const step = 1 / 32;
  let sum = 0.5;
  for (let n = 1; ; n++) {
    const t = n * step;
    const value = Math.exp(-q * (Math.cosh(t) - 1)) * Math.cosh(t / 4);
    sum += value;
    if (value < 1e-18 * sum) return sum * step;
  }
}

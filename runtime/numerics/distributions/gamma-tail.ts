import { logGamma } from './log-gamma.ts';

/** More terms than either expansion takes to reach a double's last digit, for shapes up to a million. */
const MOST_TERMS = 10_000;
const SMALLEST = 1e-300;

/**
 * Upper tail of the gamma distribution with scale 1: the regularised incomplete gamma function Q(shape, x).
 *
 * @param shape positive
 * @param x     0 or more
 * @returns the probability of a value of at least x, its leading digits also where it is tiny
 * @see Abramowitz and Stegun (1964), 6.5.29 and 6.5.31; agrees with scipy.special.gammaincc
 *
 * @example
 * gammaTail(1, 2).toFixed(12); // '0.135335283237'
 */
export function gammaTail(shape: number, x: number): number {
  if (!(x > 0)) return 1;
  if (x === Infinity) return 0;
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  return x < shape + 1 ? 1 - front * series(shape, x) : front * fraction(shape, x);
}

function series(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && term > sum * 1e-17; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

/** By Lentz's method, from the front. */
function fraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = 1 / SMALLEST;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const a = n * (shape - n);
    b += 2;
    d = 1 / nonZero(a * d + b);
    c = nonZero(b + a / c);
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
}

const nonZero = (value: number) => (Math.abs(value) < SMALLEST ? SMALLEST : value);

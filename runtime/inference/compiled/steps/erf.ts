/**
 * The error function, to 1.2e-7.
 *
 * @see Press et al., Numerical Recipes, 2nd edition (1992), section 6.2: a Chebyshev fit of erfc
 */
export function erf(x: number): number {
  const t = 1 / (1 + 0.5 * Math.abs(x));
  let sum = 0;
  for (let power = FIT.length - 1; power >= 0; power--) sum = sum * t + (FIT[power] as number);
  const tail = t * Math.exp(-x * x + sum);
  return x >= 0 ? 1 - tail : tail - 1;
}

const FIT = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
  0.17087277,
];

/**
 * Quantile of Student's t distribution at 97.5 %: what a standard error is multiplied by for a 95 % interval.
 *
 * @param degrees of freedom, at least 1
 * @returns 12.706 for one, falling to 1.960 for many; to about 1e-4 of it
 * @see Hill (1970), Algorithm 396: Student's t-quantiles
 * @example
 * studentQuantile(3).toFixed(3); // '3.182'
 */
export function studentQuantile(degrees: number): number {
  const n = Math.max(1, degrees);
  // Two-sided 5 %: exact for one and two degrees.
  if (n === 1) return 12.706204736432095;
  if (n === 2) return 4.302652729911275;
  const a = 1 / (n - 0.5);
  const b = 48 / (a * a);
  let c = ((20_700 * a) / b - 98) * a - 16;
  c = c * a + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * n;
  let y = (d * TAIL) ** (2 / n);
  if (y > a + 0.05) {
    const x = -Z;
    y = x * x;
    if (n < 5) c += 0.3 * (n - 4.5) * (x + 0.6);
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c;
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
    y = Math.expm1(a * y * y);
  } else {
    y =
      ((1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)) * y - 1) * ((n + 1) / (n + 2)) +
      1 / y;
  }
  return Math.sqrt(n * y);
}

/** Both tails together. */
const TAIL = 0.05;
const Z = 1.959963984540054;

/**
 * C += A · B on row-major matrices.
 *
 * @param a       m × k; a row begins `aStride` after the one before, so that rows may overlap, as patches of a signal do
 * @param b       k × n
 * @param c       m × n; written
 */
export function multiplyAdd(
  m: number,
  k: number,
  n: number,
  a: Float64Array,
  aFrom: number,
  aStride: number,
  b: Float64Array,
  c: Float64Array,
  cFrom = 0,
): void {
  const whole = k - (k % 4);
  for (let row = 0; row < m; row++) {
    const from = aFrom + row * aStride;
    const to = cFrom + row * n;
    let i = 0;
    for (; i < whole; i += 4) {
      const a0 = a[from + i] as number;
      const a1 = a[from + i + 1] as number;
      const a2 = a[from + i + 2] as number;
      const a3 = a[from + i + 3] as number;
      if (a0 === 0 && a1 === 0 && a2 === 0 && a3 === 0) continue;
      const b0 = i * n;
      const b1 = b0 + n;
      const b2 = b1 + n;
      const b3 = b2 + n;
      for (let j = 0; j < n; j++) {
        c[to + j] =
          (c[to + j] as number) +
          (a0 * (b[b0 + j] as number) + a1 * (b[b1 + j] as number)) +
          (a2 * (b[b2 + j] as number) + a3 * (b[b3 + j] as number));
      }
    }
    for (; i < k; i++) {
      const a0 = a[from + i] as number;
      const b0 = i * n;
      for (let j = 0; j < n; j++) c[to + j] = (c[to + j] as number) + a0 * (b[b0 + j] as number);
    }
  }
}

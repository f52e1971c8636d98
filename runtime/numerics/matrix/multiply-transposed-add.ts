/**
 * C += A · Bᵀ on row-major matrices: every row of A with every row of B.
 *
 * @param a       m × k
 * @param b       n × k
 * @param c       m × n, a row beginning `cStride` after the one before; rows that overlap add up. Written
 */
export function multiplyTransposedAdd(
  m: number,
  k: number,
  n: number,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  cFrom = 0,
  cStride = n,
  aFrom = 0,
): void {
  const whole = k - (k % 4);
  for (let row = 0; row < m; row++) {
    const from = aFrom + row * k;
    const to = cFrom + row * cStride;
    for (let j = 0; j < n; j++) {
      const other = j * k;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let i = 0;
      for (; i < whole; i += 4) {
        s0 += (a[from + i] as number) * (b[other + i] as number);
        s1 += (a[from + i + 1] as number) * (b[other + i + 1] as number);
        s2 += (a[from + i + 2] as number) * (b[other + i + 2] as number);
        s3 += (a[from + i + 3] as number) * (b[other + i + 3] as number);
      }
      for (; i < k; i++) s0 += (a[from + i] as number) * (b[other + i] as number);
      c[to + j] = (c[to + j] as number) + (s0 + s1 + (s2 + s3));
    }
  }
}

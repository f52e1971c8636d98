/**
 * C += Aᵀ · B on row-major matrices: a sum over the rows that both have.
 *
 * @param a       m × k; a row begins `aStride` after the one before, so that rows may overlap
 * @param b       m × n
 * @param c       k × n; written
 */
export function transposedMultiplyAdd(
  m: number,
  k: number,
  n: number,
  a: Float64Array,
  aFrom: number,
  aStride: number,
  b: Float64Array,
  c: Float64Array,
  bFrom = 0,
): void {
  const whole = m - (m % 4);
  let row = 0;
  for (; row < whole; row += 4) {
    const at = aFrom + row * aStride;
    const b0 = bFrom + row * n;
    const b1 = b0 + n;
    const b2 = b1 + n;
    const b3 = b2 + n;
    for (let i = 0; i < k; i++) {
      const a0 = a[at + i] as number;
      const a1 = a[at + aStride + i] as number;
      const a2 = a[at + 2 * aStride + i] as number;
      const a3 = a[at + 3 * aStride + i] as number;
      if (a0 === 0 && a1 === 0 && a2 === 0 && a3 === 0) continue;
      const to = i * n;
      for (let j = 0; j < n; j++) {
        c[to + j] =
          (c[to + j] as number) +
          (a0 * (b[b0 + j] as number) + a1 * (b[b1 + j] as number)) +
          (a2 * (b[b2 + j] as number) + a3 * (b[b3 + j] as number));
      }
    }
  }
  for (; row < m; row++) {
    for (let i = 0; i < k; i++) {
      const a0 = a[aFrom + row * aStride + i] as number;
      const to = i * n;
      for (let j = 0; j < n; j++) c[to + j] = (c[to + j] as number) + a0 * (b[bFrom + row * n + j] as number);
    }
  }
}

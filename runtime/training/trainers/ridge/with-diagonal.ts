/** A + αI. */
export function withDiagonal(matrix: Float64Array, size: number, alpha: number): Float64Array {
  const sum = matrix.slice();
  for (let at = 0; at < sum.length; at += size + 1) sum[at] = (sum[at] as number) + alpha;
  return sum;
}

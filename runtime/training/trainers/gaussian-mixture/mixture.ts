import { cholesky, invertLower, multiplyTransposedAdd } from '../../../numerics/index.ts';

/** A Gaussian as it is evaluated. */
export interface Component {
  readonly mean: Float64Array;
  /** Of the covariance: W with W S Wᵀ = I; a lower triangle, width × width. */
  readonly whitening: Float64Array;
  /** Log of its weight and of what makes its density sum to 1. */
  readonly constant: number;
}

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** @returns nothing where the covariance is not positive definite */
export function componentOf(weight: number, mean: Float64Array, covariance: Float64Array): Component | undefined {
  const width = mean.length;
  const lower = cholesky(covariance, width);
  if (!lower) return undefined;
  let logs = 0;
  for (let at = 0; at < lower.length; at += width + 1) logs += Math.log(lower[at] as number);
  return { mean, whitening: invertLower(lower, width), constant: Math.log(weight) - logs - (width * LOG_TWO_PI) / 2 };
}

/**
 * Log of weight times density, of each row under each component.
 *
 * @param block rows × width
 * @param to    rows × components; written
 */
export function logDensities(
  components: readonly Component[],
  block: Float64Array,
  rows: number,
  to: Float64Array,
  buffers: { centred: Float64Array; whitened: Float64Array },
): void {
  const { centred, whitened } = buffers;
  for (const [index, { mean, whitening, constant }] of components.entries()) {
    const width = mean.length;
    centreInto(centred, block, rows, mean);
    whitened.fill(0, 0, rows * width);
    multiplyTransposedAdd(rows, width, width, centred, whitening, whitened);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let at = row * width; at < (row + 1) * width; at++) sum += (whitened[at] as number) ** 2;
      to[row * components.length + index] = constant - sum / 2;
    }
  }
}

export function centreInto(to: Float64Array, block: Float64Array, rows: number, mean: Float64Array): void {
  const width = mean.length;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      to[row * width + column] = (block[row * width + column] as number) - (mean[column] as number);
    }
  }
}

/** log Σ exp, of one row of a table. */
export function logSum(table: Float64Array, from: number, count: number): number {
  let largest = -Infinity;
  for (let at = from; at < from + count; at++) largest = Math.max(largest, table[at] as number);
  let sum = 0;
  for (let at = from; at < from + count; at++) sum += Math.exp((table[at] as number) - largest);
  return largest + Math.log(sum);
}

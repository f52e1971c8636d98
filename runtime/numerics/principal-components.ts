import { seededRandom } from './seeded-random.ts';

export interface PrincipalComponents {
  /** components × width, row-major: unit vectors, the one with the largest variance first. */
  readonly axes: Float64Array;
  /** Variance along each, of n rows divided by n. */
  readonly variances: Float64Array;
  /** Sum of the variances of the columns: what the axes' are shares of. */
  readonly total: number;
}

const TURNS = 300;
const NEAR = 1e-12;
/** Squared, of an axis between two turns. */
const STILL = 1e-18;

/**
 * The directions in which rows differ most, by power iteration with deflation: no covariance matrix is formed, so that the
 * work grows with the number of columns and not with its square. The sign of an axis is such that its largest entry is
 * positive: the same rows give the same picture.
 *
 * @param values rows × width, row-major, each column with mean 0
 * @param count  of components; where there are fewer, the rest are zero
 * @see Jolliffe, Principal Component Analysis (2002), §A1.1; agrees with sklearn.decomposition.PCA to 1e-6
 *
 * @example
 * principalComponents(new Float64Array([-2, -1, 0, 0, 2, 1]), 3, 2, 1).total.toFixed(3); // '3.333'
 */
export function principalComponents(
  values: ArrayLike<number>,
  rows: number,
  width: number,
  count: number,
): PrincipalComponents {
  const axes = new Float64Array(count * width);
  const variances = new Float64Array(count);
  let total = 0;
  for (let at = 0; at < rows * width; at++) total += (values[at] as number) ** 2 / rows;
  const scores = new Float64Array(rows);
  const random = seededRandom(1);
  for (let component = 0; component < count; component++) {
    let axis = Float64Array.from({ length: width }, () => random() - 0.5);
    withoutEarlier(axis, axes, component, width);
    if (norm(axis) < NEAR) break;
    scale(axis, 1 / norm(axis));
    let variance = 0;
    for (let turn = 0; turn < TURNS; turn++) {
      const next = covarianceTimes(values, rows, width, axis, scores);
      withoutEarlier(next, axes, component, width);
      const length = norm(next);
      if (length <= NEAR * Math.max(1, total)) {
        variance = 0;
        break;
      }
      scale(next, 1 / length);
      let moved = 0;
      for (let at = 0; at < width; at++) moved += ((next[at] as number) - (axis[at] as number)) ** 2;
      axis = next;
      variance = length;
      if (moved < STILL) break;
    }
    if (variance === 0) break;
    let largest = 0;
    for (let at = 1; at < width; at++) {
      if (Math.abs(axis[at] as number) > Math.abs(axis[largest] as number) * (1 + 1e-9)) largest = at;
    }
    if ((axis[largest] as number) < 0) scale(axis, -1);
    axes.set(axis, component * width);
    variances[component] = variance;
  }
  return { axes, variances, total };
}

function covarianceTimes(
  values: ArrayLike<number>,
  rows: number,
  width: number,
  axis: Float64Array,
  scores: Float64Array,
): Float64Array<ArrayBuffer> {
  const product = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    const from = row * width;
    let score = 0;
    for (let at = 0; at < width; at++) score += (values[from + at] as number) * (axis[at] as number);
    scores[row] = score / rows;
  }
  for (let row = 0; row < rows; row++) {
    const from = row * width;
    const score = scores[row] as number;
    for (let at = 0; at < width; at++) product[at] = (product[at] as number) + (values[from + at] as number) * score;
  }
  return product;
}

function withoutEarlier(axis: Float64Array, axes: Float64Array, earlier: number, width: number): void {
  for (let component = 0; component < earlier; component++) {
    const from = component * width;
    let along = 0;
    for (let at = 0; at < width; at++) along += (axis[at] as number) * (axes[from + at] as number);
    for (let at = 0; at < width; at++) axis[at] = (axis[at] as number) - along * (axes[from + at] as number);
  }
}

const norm = (axis: Float64Array) => Math.sqrt(axis.reduce((sum, value) => sum + value * value, 0));

function scale(axis: Float64Array, by: number): void {
  for (let at = 0; at < axis.length; at++) axis[at] = (axis[at] as number) * by;
}

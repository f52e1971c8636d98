import { symmetricEigenInPieces } from '../../../numerics/index.ts';
import type { ReferenceRows } from '../../types.ts';
import { type Scale, scaleOf, standardise } from './standardise.ts';
import { runThrough } from '../../run-through.ts';
import type { RowScore } from './types.ts';

export interface PcaErrorOptions {
  /** Share of the variance that the components kept explain. Default 0.8. */
  readonly explained?: number;
  /** Parts of the reference, in the order of time, each scored by a fit of the others. Default 5. */
  readonly folds?: number;
}

/** Below so many rows a column the components are chance. */
const ROWS_A_COLUMN = 5;
/** Products of two values in one piece of work. */
const PIECE = 1_000_000;
const rowsOfPiece = (width: number) => Math.ceil(PIECE / width ** 2);

/**
 * Reconstruction error of principal components: how much of a row, in standard deviations of the reference, lies outside
 * the few directions in which the reference's features move together. It sees what no single feature shows: two that used
 * to go together and do so no longer. What moves along those directions it does not see: the features themselves do.
 *
 * A row takes at most half as many multiplications as the square of its features.
 *
 * @param reference its categories, if any, must have been left out
 * @returns undefined where there are fewer than two features that vary, or too few rows for them
 * @see Jackson and Mudholkar (1979), Technometrics 21: the Q statistic; the mean over a window, as in NannyML (2023)
 */
export const createPcaError = (reference: ReferenceRows, options: PcaErrorOptions = {}): RowScore | undefined =>
  runThrough(pcaErrorInPieces(reference, options));

/** The same, in pieces of about a millisecond. */
export function* pcaErrorInPieces(
  reference: ReferenceRows,
  options: PcaErrorOptions = {},
): Generator<void, RowScore | undefined> {
  const { explained = 0.8, folds = 5 } = options;
  const { rows } = reference;
  const width = reference.names.length;
  const scale = scaleOf(rows, width);
  const varying = scale.deviations.filter((deviation) => deviation > 0).length;
  if (varying < 2 || rows.length < ROWS_A_COLUMN * varying * Math.min(2, folds)) return undefined;
  yield;
  const moments = yield* momentsOf(rows, scale, folds);
  const whole = sumOf(moments);
  const scratch = new Float64Array(width);
  const measure = (row: ArrayLike<number>, rest: Rest) =>
    standardise(row, scale, scratch) === 0 ? NaN : distance(scratch, rest);

  const scores = new Float64Array(rows.length);
  const piece = rowsOfPiece(width);
  const rests: Rest[] = [];
  for (const part of moments) {
    const others = whole.map((sum, at) => sum - (part[at] as number));
    rests.push(yield* restOf(others, width, explained));
  }
  for (const [index, row] of rows.entries()) {
    if (index % piece === piece - 1) yield;
    scores[index] = measure(row, rests[foldOf(index, rows.length, folds)] as Rest);
  }
  const rest = yield* restOf(whole, width, explained);
  return { reference: scores, score: (row) => measure(row, rest) };
}

/** What is left of a row: measured along the axes that are left out, or by what the kept ones leave, whichever are fewer. */
interface Rest {
  readonly axes: Float64Array;
  readonly count: number;
  readonly isKept: boolean;
}

const foldOf = (index: number, rows: number, folds: number) => Math.floor((index * folds) / rows);

/** Sums of the products of all pairs of columns, a list a fold. */
function* momentsOf(rows: ReferenceRows['rows'], scale: Scale, folds: number): Generator<void, Float64Array[]> {
  const width = scale.means.length;
  const moments = Array.from({ length: folds }, () => new Float64Array(width * width));
  const row = new Float64Array(width);
  const piece = rowsOfPiece(width);
  for (const [index, values] of rows.entries()) {
    if (index % piece === piece - 1) yield;
    standardise(values, scale, row);
    const sums = moments[foldOf(index, rows.length, folds)] as Float64Array;
    for (let i = 0; i < width; i++) {
      const value = row[i] as number;
      for (let j = i; j < width; j++)
        sums[i * width + j] = (sums[i * width + j] as number) + value * (row[j] as number);
    }
  }
  for (const sums of moments) {
    for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) sums[i * width + j] = sums[j * width + i] as number;
  }
  return moments;
}

function sumOf(lists: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(lists[0]?.length ?? 0);
  for (const list of lists)
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (list[at] as number);
  return sum;
}

function* restOf(moments: Float64Array, width: number, explained: number): Generator<void, Rest> {
  const { values, vectors } = yield* symmetricEigenInPieces(moments, width);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  let [kept, sum] = [0, 0];
  // Something must be left to measure.
  while (kept < width - 1 && sum < explained * total) sum += Math.max(0, values[kept++] as number);
  const isKept = kept < width - kept;
  const axes = isKept ? vectors.slice(0, kept * width) : vectors.slice(kept * width);
  return { axes, count: isKept ? kept : width - kept, isKept };
}

function distance(row: Float64Array, { axes, count, isKept }: Rest): number {
  const width = row.length;
  let along = 0;
  for (let axis = 0; axis < count; axis++) {
    let product = 0;
    const from = axis * width;
    for (let i = 0; i < width; i++) product += (axes[from + i] as number) * (row[i] as number);
    along += product * product;
  }
  if (!isKept) return Math.sqrt(along);
  let all = 0;
  for (let i = 0; i < width; i++) all += (row[i] as number) ** 2;
  return Math.sqrt(Math.max(0, all - along));
}

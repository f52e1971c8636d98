import { quantile, seededRandom } from '../../../numerics/index.ts';
import { errors } from '../../errors.ts';
import type { ReferenceRows } from '../../types.ts';
import type { Tested } from '../two-sample/chi-square.ts';
import { scaleOf, standardise } from './standardise.ts';

export interface MmdOptions {
  /** Rows that lie so near in time that they resemble each other: they are moved together. 1 where rows are independent. Default 10. */
  readonly block?: number;
  /** Default 200: the smallest p-value is 1/201. */
  readonly permutations?: number;
  /** Rows of the reference that are compared with, in blocks spread over it. Default 300. */
  readonly rows?: number;
  /** Of the permutations. Default 1. */
  readonly seed?: number;
}

/** Compares windows with a reference, all features together. */
export interface Mmd {
  /** Squared discrepancy, unbiased: about 0 of the same distribution, and somewhat below it by chance. @throws SAMPLE_EMPTY */
  statistic(rows: readonly ArrayLike<number>[]): number;
  /** And how likely one as large is, by exchanging blocks of rows between both. @throws SAMPLE_EMPTY */
  test(rows: readonly ArrayLike<number>[]): Tested;
}

/** More pairs do not make a median better. */
const PAIRS = 5000;

/**
 * Maximum mean discrepancy with a Gaussian kernel, as wide as the median distance of two rows of the reference, on rows in
 * standard deviations. It sees any difference of the joint distributions, and takes rows × rows × features steps a window:
 * for a look now and then, not for each window of a fast stream.
 *
 * The p-value comes from exchanging blocks of rows that follow on each other, because single rows of a sensor cannot be
 * exchanged: they resemble their neighbours.
 *
 * @throws SAMPLE_EMPTY where the reference has fewer than two rows
 * @see Gretton, Borgwardt, Rasch, Schölkopf and Smola (2012), Journal of Machine Learning Research 13
 */
export function createMmd(reference: ReferenceRows, options: MmdOptions = {}): Mmd {
  const { block = 10, permutations = 200, rows = 300, seed = 1 } = options;
  const width = reference.names.length;
  const scale = scaleOf(reference.rows, width);
  const scaled = (row: ArrayLike<number>) => {
    const into = new Float64Array(width);
    standardise(row, scale, into);
    return into;
  };
  const chosen = spread(reference.rows, rows, block).map(scaled);
  if (chosen.length < 2) throw errors.SAMPLE_EMPTY({ statistic: 'mmd' });
  const kernel = kernelOf(chosen, seed);
  const own = sumOfKernel(chosen, chosen, kernel, true);

  const scaledWindow = (window: readonly ArrayLike<number>[]) => {
    if (window.length < 2) throw errors.SAMPLE_EMPTY({ statistic: 'mmd' });
    return window.map(scaled);
  };
  const discrepancy = (within: number, across: number, other: number, m: number, n: number) =>
    within / (m * (m - 1)) + other / (n * (n - 1)) - (2 * across) / (m * n);

  return {
    statistic(window) {
      const current = scaledWindow(window);
      const across = sumOfKernel(chosen, current, kernel, false);
      return discrepancy(own, across, sumOfKernel(current, current, kernel, true), chosen.length, current.length);
    },
    test(window) {
      const current = scaledWindow(window);
      const blocks = [...blocksOf(chosen, block), ...blocksOf(current, block)];
      const sizes = blocks.map((rowsOfBlock) => rowsOfBlock.length);
      const count = blocks.length;
      const sums = new Float64Array(count * count);
      for (let i = 0; i < count; i++) {
        for (let j = 0; j <= i; j++) {
          const sum = sumOfKernel(blocks[i] ?? [], blocks[j] ?? [], kernel, i === j);
          sums[i * count + j] = sums[j * count + i] = sum;
        }
      }
      const first = Math.ceil(chosen.length / block);
      const groups = new Uint8Array(count).fill(1, first);
      const measure = () => {
        const [pairs, members] = [
          [0, 0, 0],
          [0, 0],
        ];
        for (let i = 0; i < count; i++) {
          const group = groups[i] as number;
          members[group] = (members[group] ?? 0) + (sizes[i] ?? 0);
          for (let j = 0; j < count; j++) {
            const both = group + (groups[j] as number);
            pairs[both] = (pairs[both] ?? 0) + (sums[i * count + j] as number);
          }
        }
        const [within = 0, across = 0, other = 0] = pairs;
        return discrepancy(within, across / 2, other, members[0] ?? 0, members[1] ?? 0);
      };
      const statistic = measure();
      const random = seededRandom(seed);
      let asFar = 1;
      for (let turn = 0; turn < permutations; turn++) {
        for (let i = count - 1; i > 0; i--) {
          const other = Math.floor(random() * (i + 1));
          const group = groups[i] as number;
          groups[i] = groups[other] as number;
          groups[other] = group;
        }
        if (measure() >= statistic - 1e-12) asFar++;
      }
      return { statistic, pValue: asFar / (permutations + 1) };
    },
  };
}

type Kernel = (one: Float64Array, other: Float64Array) => number;

/** Whole blocks, spread evenly over the rows. */
function spread<T>(rows: readonly T[], most: number, block: number): T[] {
  if (rows.length <= most) return [...rows];
  const count = Math.max(1, Math.floor(most / block));
  const step = (rows.length - block) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, n) => Math.round(n * step)).flatMap((at) => rows.slice(at, at + block));
}

function blocksOf<T>(rows: readonly T[], block: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(rows.length / block) }, (_, n) => rows.slice(n * block, (n + 1) * block));
}

function kernelOf(rows: readonly Float64Array[], seed: number): Kernel {
  const random = seededRandom(seed);
  const pick = () => rows[Math.floor(random() * rows.length)] as Float64Array;
  const distances = Float64Array.from({ length: PAIRS }, () => squaredDistance(pick(), pick()));
  // Of a row and itself it is 0: not a distance of two.
  const median = quantile(distances.filter((distance) => distance > 0).sort(), 0.5);
  const factor = Number.isNaN(median) ? -0.5 : -1 / median;
  return (one, other) => Math.exp(factor * squaredDistance(one, other));
}

function squaredDistance(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < one.length; n++) sum += ((one[n] as number) - (other[n] as number)) ** 2;
  return sum;
}

/** Over all pairs; of a list with itself without those of a row and itself. */
function sumOfKernel(
  ones: readonly Float64Array[],
  others: readonly Float64Array[],
  kernel: Kernel,
  isSame: boolean,
): number {
  let sum = 0;
  for (const [i, one] of ones.entries()) {
    for (let j = isSame ? i + 1 : 0; j < others.length; j++) sum += kernel(one, others[j] as Float64Array);
  }
  return isSame ? 2 * sum : sum;
}

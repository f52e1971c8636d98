import type { Estimate } from '../../messages/index.ts';
import type { AnsweredAnomalies } from './answered.ts';

const Z = 1.959963984540054;

/**
 * Difference of the areas under two ROC curves of the same rows, the second minus the first, with its 95 % interval.
 *
 * @returns nothing where normal rows or anomalies are missing
 * @see DeLong, DeLong, Clarke-Pearson (1988); the placements as in Sun and Xu (2014)
 */
export function areaDifference(first: AnsweredAnomalies, second: AnsweredAnomalies): Estimate | undefined {
  const [before, after] = [placements(first), placements(second)];
  const [m, n] = [before.strange.length, before.normal.length];
  if (m < 2 || n < 2) return undefined;
  const strange = before.strange.map((placed, at) => (after.strange[at] as number) - placed);
  const normal = before.normal.map((placed, at) => (after.normal[at] as number) - placed);
  const value = meanOf(strange);
  const half = Z * Math.sqrt(varianceOf(strange) / m + varianceOf(normal) / n);
  return { value, low: value - half, high: value + half };
}

interface Placements {
  /** Of each anomaly: the share of normal rows that score less. */
  readonly strange: Float64Array;
  /** Of each normal row: the share of anomalies that score more. Ties count half. */
  readonly normal: Float64Array;
}

function placements({ scores, anomalous }: AnsweredAnomalies): Placements {
  const strange = scores.filter((_, row) => anomalous[row] === 1);
  const normal = scores.filter((_, row) => anomalous[row] !== 1);
  const [strangeSorted, normalSorted] = [strange.slice().sort(), normal.slice().sort()];
  return {
    strange: strange.map((score) => below(normalSorted, score)),
    normal: normal.map((score) => 1 - below(strangeSorted, score)),
  };
}

/** Share of the sorted values that are smaller; equal ones count half. */
function below(sorted: Float64Array, value: number): number {
  return (firstAt(sorted, (each) => each >= value) + firstAt(sorted, (each) => each > value)) / (2 * sorted.length);
}

function firstAt(sorted: Float64Array, passes: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(sorted[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const meanOf = (values: Float64Array) => values.reduce((total, value) => total + value, 0) / values.length;
function varianceOf(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1);
}

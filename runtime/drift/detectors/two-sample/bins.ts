import { quantile } from '../../../numerics/index.ts';
import { checkSamples } from './check-samples.ts';

/**
 * Where a reference is cut into bins that hold about as many values each: its quantiles, without those that are equal, and
 * without its ends, beyond which nothing would lie.
 *
 * @param reference sorted ascending, no NaN
 * @param bins      at most
 * @returns inner edges, ascending: one fewer than there are bins, none where all values are equal
 * @throws SAMPLE_EMPTY, SAMPLE_NOT_FINITE
 *
 * @example
 * quantileEdges(Float64Array.of(1, 2, 3, 4, 5), 2); // [3]
 */
export function quantileEdges(reference: Float64Array, bins = 10): readonly number[] {
  checkSamples('bins', reference);
  const [first, last] = [reference[0] as number, reference[reference.length - 1] as number];
  const edges: number[] = [];
  for (let n = 1; n < bins; n++) {
    const edge = quantile(reference, n / bins);
    if (edge > (edges.at(-1) ?? first) && edge < last) edges.push(edge);
  }
  return edges;
}

/**
 * How many values lie in each bin. A value that is an edge lies in the bin above it, as in numpy.searchsorted with
 * side='right'; what lies beyond the edges is in the outer bins.
 *
 * @param values no NaN
 * @param edges  inner edges, ascending
 *
 * @example
 * [...binCounts([0, 1, 2, 2.5], [1, 2])]; // [1, 1, 2]
 */
export function binCounts(values: ArrayLike<number>, edges: ArrayLike<number>): Float64Array {
  const counts = new Float64Array(edges.length + 1);
  for (let n = 0; n < values.length; n++) {
    const value = values[n] as number;
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((edges[middle] as number) <= value) low = middle + 1;
      else high = middle;
    }
    counts[low] = (counts[low] as number) + 1;
  }
  return counts;
}

import type { Bins } from '../trees/bins.ts';
import { createKernel } from './kernel.ts';

/** Where the rows of a tree lie, and the histograms of its leaves: all in one memory, in which the kernel adds. */
export interface Histograms {
  /** Rows of the tree. */
  readonly order: Int32Array;
  /** Gradient and hessian of each row that is to be counted, in their order. */
  readonly pairs: Float32Array;
  /** Of each histogram: for every bin the sum of its rows' gradients, and of their hessians. */
  readonly sums: readonly Float64Array[];
  /** Counts the rows from `start` on, with the first pairs. */
  fill(histogram: number, start: number, count: number): void;
  /** Takes away what is in the other: so the larger of two siblings needs no look at its rows. */
  subtract(histogram: number, other: number): void;
}

const PAGE = 65_536;
/** Places of lanes are multiples of this. */
const LANES = 16;

/**
 * @param features those that vary
 * @param rows     of a tree
 * @param most     histograms
 */
export function createHistograms(
  { of, first, rows: all }: Bins,
  features: Int32Array,
  rows: number,
  most: number,
): Histograms {
  const bins = first[first.length - 1] as number;
  let bytes = 0;
  const place = (size: number) => {
    const at = bytes;
    bytes += Math.ceil(size / LANES) * LANES;
    return at;
  };
  const [orderAt, pairsAt, columnsAt] = [place(4 * rows), place(8 * rows), place(of.length)];
  // Where features are no multiple of four, the last ones are counted once more here.
  const spareAt = place(LANES * 256);
  const sumsAt = Array.from({ length: most }, () => place(LANES * bins));
  const pages = Math.ceil(bytes / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const kernel = createKernel(memory);
  const { buffer } = memory;
  new Uint8Array(buffer, columnsAt, of.length).set(of);
  const sums = sumsAt.map((at) => new Float64Array(buffer, at, 2 * bins));
  const column = (feature: number) => columnsAt + all * feature;
  return {
    order: new Int32Array(buffer, orderAt, rows),
    pairs: new Float32Array(buffer, pairsAt, 2 * rows),
    sums,
    fill(histogram, start, count) {
      (sums[histogram] as Float64Array).fill(0);
      const to = sumsAt[histogram] as number;
      for (let at = 0; at < features.length; at += 4) {
        const a = features[at] as number;
        const [b = a, c = a, d = a] = [features[at + 1], features[at + 2], features[at + 3]];
        const sumsOf = (feature: number, wanted: boolean) =>
          wanted ? to + LANES * (first[feature] as number) : spareAt;
        kernel(
          ...([orderAt + 4 * start, count, pairsAt] as const),
          ...([column(a), column(b), column(c), column(d)] as const),
          ...([sumsOf(a, true), sumsOf(b, b !== a), sumsOf(c, c !== a), sumsOf(d, d !== a)] as const),
        );
      }
    },
    subtract(histogram, other) {
      const [from, what] = [sums[histogram] as Float64Array, sums[other] as Float64Array];
      for (let at = 0; at < from.length; at++) from[at] = (from[at] as number) - (what[at] as number);
    },
  };
}

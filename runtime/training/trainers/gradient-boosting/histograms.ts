import type { Bins } from '../trees/bins.ts';

/**
 * Fills a histogram: of every bin of every feature the sum of the gradients of its rows, and of the hessians.
 *
 * @param features those that vary
 * @param order    the rows; left out: all, from the first to the last
 * @param count    of rows
 * @param g        gradients, in the order of the rows
 * @param h        hessians
 * @param to       2 numbers a bin
 */
export type FillHistogram = (
  order: Int32Array | undefined,
  count: number,
  g: Float32Array,
  h: Float32Array,
  to: Float64Array,
) => void;

/** Four features at a time: a row's gradient is fetched once for them, and their sums do not wait for each other. */
export function createHistograms({ of, first, rows }: Bins, features: Int32Array): FillHistogram {
  const fours = features.length - (features.length % 4);
  return (order, count, g, h, to) => {
    to.fill(0);
    for (let at = 0; at < fours; at += 4) {
      const [a = 0, b = 0, c = 0, d = 0] = features.subarray(at, at + 4);
      const [binsA, binsB] = [column(of, a, rows), column(of, b, rows)];
      const [binsC, binsD] = [column(of, c, rows), column(of, d, rows)];
      const [toA, toB] = [part(to, first, a), part(to, first, b)];
      const [toC, toD] = [part(to, first, c), part(to, first, d)];
      if (order) fillFour(order, count, g, h, binsA, binsB, binsC, binsD, toA, toB, toC, toD);
      else fillFourOfAll(count, g, h, binsA, binsB, binsC, binsD, toA, toB, toC, toD);
    }
    for (let at = fours; at < features.length; at++) {
      const feature = features[at] as number;
      fillOne(order, count, g, h, column(of, feature, rows), part(to, first, feature));
    }
  };
}

const column = (of: Uint8Array, feature: number, rows: number) => of.subarray(feature * rows, (feature + 1) * rows);
const part = (to: Float64Array, first: Int32Array, feature: number) =>
  to.subarray(2 * (first[feature] as number), 2 * (first[feature + 1] as number));

function fillFour(
  order: Int32Array,
  count: number,
  g: Float32Array,
  h: Float32Array,
  binsA: Uint8Array,
  binsB: Uint8Array,
  binsC: Uint8Array,
  binsD: Uint8Array,
  toA: Float64Array,
  toB: Float64Array,
  toC: Float64Array,
  toD: Float64Array,
): void {
  for (let at = 0; at < count; at++) {
    const row = order[at] as number;
    const gradient = g[at] as number;
    const hessian = h[at] as number;
    const a = 2 * (binsA[row] as number);
    const b = 2 * (binsB[row] as number);
    const c = 2 * (binsC[row] as number);
    const d = 2 * (binsD[row] as number);
    toA[a] = (toA[a] as number) + gradient;
    toA[a + 1] = (toA[a + 1] as number) + hessian;
    toB[b] = (toB[b] as number) + gradient;
    toB[b + 1] = (toB[b + 1] as number) + hessian;
    toC[c] = (toC[c] as number) + gradient;
    toC[c + 1] = (toC[c + 1] as number) + hessian;
    toD[d] = (toD[d] as number) + gradient;
    toD[d + 1] = (toD[d + 1] as number) + hessian;
  }
}

// The same without a look at the order: the largest of all histograms, that of the root.
function fillFourOfAll(
  count: number,
  g: Float32Array,
  h: Float32Array,
  binsA: Uint8Array,
  binsB: Uint8Array,
  binsC: Uint8Array,
  binsD: Uint8Array,
  toA: Float64Array,
  toB: Float64Array,
  toC: Float64Array,
  toD: Float64Array,
): void {
  for (let row = 0; row < count; row++) {
    const gradient = g[row] as number;
    const hessian = h[row] as number;
    const a = 2 * (binsA[row] as number);
    const b = 2 * (binsB[row] as number);
    const c = 2 * (binsC[row] as number);
    const d = 2 * (binsD[row] as number);
    toA[a] = (toA[a] as number) + gradient;
    toA[a + 1] = (toA[a + 1] as number) + hessian;
    toB[b] = (toB[b] as number) + gradient;
    toB[b + 1] = (toB[b + 1] as number) + hessian;
    toC[c] = (toC[c] as number) + gradient;
    toC[c + 1] = (toC[c + 1] as number) + hessian;
    toD[d] = (toD[d] as number) + gradient;
    toD[d + 1] = (toD[d + 1] as number) + hessian;
  }
}

function fillOne(
  order: Int32Array | undefined,
  count: number,
  g: Float32Array,
  h: Float32Array,
  bins: Uint8Array,
  to: Float64Array,
): void {
  for (let at = 0; at < count; at++) {
    const bin = 2 * (bins[order ? (order[at] as number) : at] as number);
    to[bin] = (to[bin] as number) + (g[at] as number);
    to[bin + 1] = (to[bin + 1] as number) + (h[at] as number);
  }
}

/** What is in the one and not in the other: so the larger of two siblings needs no look at its rows. */
export function subtract(from: Float64Array, what: Float64Array): void {
  for (let at = 0; at < from.length; at++) from[at] = (from[at] as number) - (what[at] as number);
}

import type { Bins } from '../trees/bins.ts';

/** Sides that hardly curve the loss are not split off: their leaves would leap. */
const LEAST_HESSIAN = 1e-3;

export interface SplitRules {
  readonly l2: number;
  readonly minLeaf: number;
}

/** Finds, in histograms, the split that lowers the loss most; what was found stands in the fields. */
export class BestSplit {
  gain = 0;
  feature = -1;
  /** The last bin of the lower side. */
  bin = -1;
  /** Of the lower side. */
  gradient = 0;
  hessian = 0;
  private readonly bins: Bins;
  private readonly features: Int32Array;
  private readonly l2: number;
  private readonly minLeaf: number;

  constructor(bins: Bins, features: Int32Array, { l2, minLeaf }: SplitRules) {
    this.bins = bins;
    this.features = features;
    this.l2 = l2;
    this.minLeaf = minLeaf;
  }

  /**
   * @param gradient sums over the rows
   * @param hessian  sums over the rows
   * @param rows     how many: how many of them are on a side is told from its share of the hessians, as LightGBM does
   */
  find(histogram: Float64Array, gradient: number, hessian: number, rows: number): void {
    const { features, bins, l2 } = this;
    const { first, counts } = bins;
    const least = Math.max(LEAST_HESSIAN, (hessian * (this.minLeaf - 0.5)) / rows);
    const parent = (gradient * gradient) / (hessian + l2);
    // Less is rounding.
    let best = parent + Math.max(1e-12, parent * 1e-9);
    this.feature = -1;
    this.gain = 0;
    for (let each = 0; each < features.length; each++) {
      const feature = features[each] as number;
      let at = 2 * (first[feature] as number);
      const end = at + 2 * ((counts[feature] as number) - 1);
      const start = at;
      let [lowerG, lowerH] = [0, 0];
      for (; at < end; at += 2) {
        lowerG += histogram[at] as number;
        lowerH += histogram[at + 1] as number;
        if (lowerH < least) continue;
        const upperH = hessian - lowerH;
        if (upperH < least) break;
        const upperG = gradient - lowerG;
        const gain = (lowerG * lowerG) / (lowerH + l2) + (upperG * upperG) / (upperH + l2);
        if (gain > best) {
          best = gain;
          this.feature = feature;
          this.bin = (at - start) / 2;
          this.gradient = lowerG;
          this.hessian = lowerH;
        }
      }
    }
    if (this.feature >= 0) this.gain = best - parent;
  }
}

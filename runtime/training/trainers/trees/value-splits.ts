import { type Bins, MOST_BINS } from './bins.ts';
import { FEW_ROWS, sortFew, type Splits } from './splits.ts';

/** The split that lowers the squared error most. A leaf says the mean. */
export class ValueSplits implements Splits {
  pure = false;
  weight = 0;
  gain = -Infinity;
  feature = -1;
  lower = -1;
  upper = -1;
  private readonly bins: Bins;
  private readonly targets: Float64Array;
  private readonly weights: Float64Array;
  private readonly minLeaf: number;
  /** Of the rows begun with, in order: which, how heavy, and what they weigh in the sum. */
  private readonly row: Int32Array;
  private readonly own: Float64Array;
  private readonly share: Float64Array;
  private count = 0;
  private sum = 0;
  /** Sum and weight of each bin, and rows in it: left at zero. */
  private readonly histogram = new Float64Array(2 * MOST_BINS);
  private readonly inBin = new Int32Array(MOST_BINS);
  private readonly keys = new Int32Array(FEW_ROWS);

  /** @param targets about zero, so that their sums are exact enough */
  constructor(bins: Bins, targets: Float64Array, weights: Float64Array, minLeaf: number) {
    this.bins = bins;
    this.targets = targets;
    this.weights = weights;
    this.minLeaf = minLeaf;
    this.row = new Int32Array(bins.rows);
    this.own = new Float64Array(bins.rows);
    this.share = new Float64Array(bins.rows);
  }

  begin(order: Int32Array, start: number, end: number): void {
    const { targets, weights, row, own, share } = this;
    let [sum, total, smallest, largest] = [0, 0, Infinity, -Infinity];
    for (let at = start, to = 0; at < end; at++, to++) {
      const each = order[at] as number;
      const weight = weights[each] as number;
      const target = targets[each] as number;
      row[to] = each;
      own[to] = weight;
      share[to] = weight * target;
      sum += weight * target;
      total += weight;
      if (target < smallest) smallest = target;
      if (target > largest) largest = target;
    }
    this.count = end - start;
    this.sum = sum;
    this.weight = total;
    this.pure = !(smallest < largest) || !(total > 0);
    this.gain = -Infinity;
    this.feature = -1;
  }

  look(feature: number): boolean {
    return this.count <= FEW_ROWS ? this.lookAtFew(feature) : this.lookAtMany(feature);
  }

  leaf(values: Float32Array, at: number): void {
    values[at] = this.weight > 0 ? this.sum / this.weight : 0;
  }

  private lookAtMany(feature: number): boolean {
    const { bins, row, own, share, count, sum, weight, histogram, inBin, minLeaf } = this;
    const { of } = bins;
    const from = feature * bins.rows;
    const most = bins.counts[feature] as number;
    for (let at = 0; at < count; at++) {
      const bin = of[from + (row[at] as number)] as number;
      histogram[2 * bin] = (histogram[2 * bin] as number) + (share[at] as number);
      histogram[2 * bin + 1] = (histogram[2 * bin + 1] as number) + (own[at] as number);
      inBin[bin] = (inBin[bin] as number) + 1;
    }
    const parent = (sum * sum) / weight;
    let [below, weightBelow, rowsBelow] = [0, 0, 0];
    let [first, last, best] = [-1, -1, this.gain];
    for (let bin = 0; bin < most; bin++) {
      const here = inBin[bin] as number;
      if (here === 0) continue;
      const weightAbove = weight - weightBelow;
      if (rowsBelow >= minLeaf && count - rowsBelow >= minLeaf && weightBelow > 0 && weightAbove > 0) {
        const above = sum - below;
        const gain = (below * below) / weightBelow + (above * above) / weightAbove - parent;
        if (gain > best) {
          best = gain;
          this.feature = feature;
          this.lower = last;
          this.upper = bin;
        }
      }
      if (first < 0) first = bin;
      last = bin;
      rowsBelow += here;
      below += histogram[2 * bin] as number;
      weightBelow += histogram[2 * bin + 1] as number;
      histogram[2 * bin] = 0;
      histogram[2 * bin + 1] = 0;
      inBin[bin] = 0;
    }
    this.gain = best;
    return first !== last;
  }

  private lookAtFew(feature: number): boolean {
    const { bins, row, own, share, count, sum, weight, keys, minLeaf } = this;
    const { of } = bins;
    const from = feature * bins.rows;
    for (let at = 0; at < count; at++) keys[at] = (of[from + (row[at] as number)] as number) * FEW_ROWS + at;
    sortFew(keys, count);
    let last = ((keys[0] as number) / FEW_ROWS) | 0;
    if ((((keys[count - 1] as number) / FEW_ROWS) | 0) === last) return false;
    const parent = (sum * sum) / weight;
    let [below, weightBelow, best] = [0, 0, this.gain];
    for (let at = 0; at < count; at++) {
      const key = keys[at] as number;
      const bin = (key / FEW_ROWS) | 0;
      if (bin !== last) {
        const weightAbove = weight - weightBelow;
        if (at >= minLeaf && count - at >= minLeaf && weightBelow > 0 && weightAbove > 0) {
          const above = sum - below;
          const gain = (below * below) / weightBelow + (above * above) / weightAbove - parent;
          if (gain > best) {
            best = gain;
            this.feature = feature;
            this.lower = last;
            this.upper = bin;
          }
        }
        last = bin;
      }
      const place = key & (FEW_ROWS - 1);
      below += share[place] as number;
      weightBelow += own[place] as number;
    }
    this.gain = best;
    return true;
  }
}

import { type Bins, MOST_BINS } from './bins.ts';
import { FEW_ROWS, sortFew, type Splits } from './splits.ts';

/** The split that lowers the Gini impurity most. A leaf says how likely each class is. */
export class ClassSplits implements Splits {
  pure = false;
  weight = 0;
  gain = -Infinity;
  feature = -1;
  lower = -1;
  upper = -1;
  private readonly bins: Bins;
  private readonly codes: Int32Array;
  private readonly weights: Float64Array;
  private readonly classes: number;
  private readonly minLeaf: number;
  /** Of the rows begun with, in order. */
  private readonly code: Int32Array;
  private readonly row: Int32Array;
  private readonly own: Float64Array;
  private count = 0;
  /** Weight of each class; then of those on either side of a border that moves up. */
  private readonly totals: Float64Array;
  private readonly below: Float64Array;
  private readonly above: Float64Array;
  private squares = 0;
  /** bins × classes, and rows in each bin: left at zero. */
  private readonly histogram: Float64Array;
  private readonly inBin = new Int32Array(MOST_BINS);
  private readonly keys = new Int32Array(FEW_ROWS);

  constructor(bins: Bins, codes: Int32Array, weights: Float64Array, classes: number, minLeaf: number) {
    this.bins = bins;
    this.codes = codes;
    this.weights = weights;
    this.classes = classes;
    this.minLeaf = minLeaf;
    this.code = new Int32Array(bins.rows);
    this.row = new Int32Array(bins.rows);
    this.own = new Float64Array(bins.rows);
    this.totals = new Float64Array(classes);
    this.below = new Float64Array(classes);
    this.above = new Float64Array(classes);
    this.histogram = new Float64Array(MOST_BINS * classes);
  }

  begin(order: Int32Array, start: number, end: number): void {
    const { codes, weights, code, row, own, totals } = this;
    totals.fill(0);
    for (let at = start, to = 0; at < end; at++, to++) {
      const each = order[at] as number;
      const kind = codes[each] as number;
      const weight = weights[each] as number;
      row[to] = each;
      code[to] = kind;
      own[to] = weight;
      totals[kind] = (totals[kind] as number) + weight;
    }
    this.count = end - start;
    let [weight, squares, kinds] = [0, 0, 0];
    for (const total of totals) {
      weight += total;
      squares += total * total;
      if (total > 0) kinds++;
    }
    this.weight = weight;
    this.squares = squares;
    this.pure = kinds < 2;
    this.gain = -Infinity;
    this.feature = -1;
  }

  look(feature: number): boolean {
    this.below.fill(0);
    this.above.set(this.totals);
    return this.count <= FEW_ROWS ? this.lookAtFew(feature) : this.lookAtMany(feature);
  }

  leaf(values: Float32Array, at: number): void {
    const { totals, weight, classes } = this;
    for (let kind = 0; kind < classes; kind++) {
      values[at + kind] = weight > 0 ? (totals[kind] as number) / weight : 1 / classes;
    }
  }

  private lookAtMany(feature: number): boolean {
    const { bins, code, row, own, count, classes, histogram, inBin, below, above, minLeaf, weight } = this;
    const { of } = bins;
    const from = feature * bins.rows;
    const most = bins.counts[feature] as number;
    for (let at = 0; at < count; at++) {
      const bin = of[from + (row[at] as number)] as number;
      const to = bin * classes + (code[at] as number);
      histogram[to] = (histogram[to] as number) + (own[at] as number);
      inBin[bin] = (inBin[bin] as number) + 1;
    }
    const parent = this.squares / weight;
    let [squaresBelow, squaresAbove, weightBelow, weightAbove] = [0, this.squares, 0, weight];
    let [rowsBelow, first, last] = [0, -1, -1];
    let best = this.gain;
    for (let bin = 0; bin < most; bin++) {
      const here = inBin[bin] as number;
      if (here === 0) continue;
      if (rowsBelow >= minLeaf && count - rowsBelow >= minLeaf && weightBelow > 0 && weightAbove > 0) {
        const gain = squaresBelow / weightBelow + squaresAbove / weightAbove - parent;
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
      inBin[bin] = 0;
      for (let kind = 0, at = bin * classes; kind < classes; kind++, at++) {
        const moved = histogram[at] as number;
        if (moved === 0) continue;
        histogram[at] = 0;
        const under = below[kind] as number;
        const over = above[kind] as number;
        squaresBelow += moved * (2 * under + moved);
        squaresAbove -= moved * (2 * over - moved);
        below[kind] = under + moved;
        above[kind] = over - moved;
        weightBelow += moved;
        weightAbove -= moved;
      }
    }
    this.gain = best;
    return first !== last;
  }

  private lookAtFew(feature: number): boolean {
    const { bins, code, row, own, count, keys, below, above, minLeaf, weight } = this;
    const { of } = bins;
    const from = feature * bins.rows;
    for (let at = 0; at < count; at++) keys[at] = (of[from + (row[at] as number)] as number) * FEW_ROWS + at;
    sortFew(keys, count);
    let last = ((keys[0] as number) / FEW_ROWS) | 0;
    if ((((keys[count - 1] as number) / FEW_ROWS) | 0) === last) return false;
    const parent = this.squares / weight;
    let [squaresBelow, squaresAbove, weightBelow, weightAbove] = [0, this.squares, 0, weight];
    let best = this.gain;
    for (let at = 0; at < count; at++) {
      const key = keys[at] as number;
      const bin = (key / FEW_ROWS) | 0;
      if (bin !== last) {
        if (at >= minLeaf && count - at >= minLeaf && weightBelow > 0 && weightAbove > 0) {
          const gain = squaresBelow / weightBelow + squaresAbove / weightAbove - parent;
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
      const kind = code[place] as number;
      const moved = own[place] as number;
      const under = below[kind] as number;
      const over = above[kind] as number;
      squaresBelow += moved * (2 * under + moved);
      squaresAbove -= moved * (2 * over - moved);
      below[kind] = under + moved;
      above[kind] = over - moved;
      weightBelow += moved;
      weightAbove -= moved;
    }
    this.gain = best;
    return true;
  }
}

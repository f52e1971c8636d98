import { between } from '../trees/between.ts';
import type { Bins } from '../trees/bins.ts';
import type { Ensemble } from '../trees/ensemble.ts';
import { BestSplit, type SplitRules } from './best-split.ts';
import { createHistograms, type Histograms } from './histograms.ts';

export interface LeafWiseRules extends SplitRules {
  readonly leaves: number;
  readonly depth: number;
  readonly rate: number;
  /** @returns false when the time allowed is over: the tree stays as it is */
  readonly spend: (work: number) => boolean;
}

/**
 * Grows trees leaf by leaf, always the one whose split lowers the loss most. The rows lie in one array, a leaf's beside each
 * other; of two siblings only the smaller one's histogram is counted, the other's is what is left of the parent's.
 *
 * @see Ke et al. (2017), LightGBM; sklearn.ensemble.HistGradientBoosting
 */
export class LeafWise {
  private readonly bins: Bins;
  private readonly rules: LeafWiseRules;
  private readonly features: Int32Array;
  private readonly histograms: Histograms;
  private readonly best: BestSplit;
  /** Rows that count. */
  private readonly all: Int32Array;
  private readonly upper: Int32Array;
  private readonly free: number[];
  // One a leaf.
  private readonly start: Int32Array;
  private readonly end: Int32Array;
  private readonly node: Int32Array;
  private readonly level: Int32Array;
  private readonly histogram: Int32Array;
  private readonly feature: Int32Array;
  private readonly bin: Int32Array;
  private readonly gain: Float64Array;
  private readonly gradient: Float64Array;
  private readonly hessian: Float64Array;
  private readonly lowerGradient: Float64Array;
  private readonly lowerHessian: Float64Array;

  /** @param rows those that weigh something, ascending */
  constructor(bins: Bins, rows: Int32Array, rules: LeafWiseRules) {
    this.bins = bins;
    this.rules = rules;
    this.all = rows;
    this.features = Int32Array.from({ length: bins.width }, (_, feature) => feature).filter(
      (feature) => (bins.counts[feature] as number) > 1,
    );
    this.histograms = createHistograms(bins, this.features, rows.length, rules.leaves + 1);
    this.free = Array.from(this.histograms.sums.keys());
    this.best = new BestSplit(bins, this.features, rules);
    this.upper = new Int32Array(rows.length);
    const whole = () => new Int32Array(rules.leaves);
    const sums = () => new Float64Array(rules.leaves);
    [this.start, this.end, this.node, this.level] = [whole(), whole(), whole(), whole()];
    [this.histogram, this.feature, this.bin] = [whole(), whole(), whole()];
    [this.gain, this.gradient, this.hessian] = [sums(), sums(), sums()];
    [this.lowerGradient, this.lowerHessian] = [sums(), sums()];
  }

  /**
   * @param gradients of each row of the training set
   * @param hessians  of each row
   * @param scores    of each row: to them what the tree says is added
   */
  grow(ensemble: Ensemble, gradients: Float32Array, hessians: Float32Array, scores: Float64Array): void {
    const { all, rules } = this;
    this.histograms.order.set(all);
    this.root(ensemble.addTree(), gradients, hessians);
    let leaves = 1;
    for (; leaves < rules.leaves; leaves++) {
      const chosen = this.mostGain(leaves);
      if (chosen < 0) break;
      if (!this.split(ensemble, chosen, leaves, gradients, hessians)) leaves--;
    }
    for (let leaf = 0; leaf < leaves; leaf++) this.finish(ensemble, leaf, scores);
  }

  private root(node: number, gradients: Float32Array, hessians: Float32Array): void {
    const { order } = this.histograms;
    let gradient = 0;
    let hessian = 0;
    for (let at = 0; at < order.length; at++) {
      const row = order[at] as number;
      gradient += gradients[row] as number;
      hessian += hessians[row] as number;
    }
    this.open(0, 0, order.length, node, 0, gradient, hessian);
    if (!this.mayBeSplit(0)) return;
    const to = this.take();
    this.count(0, gradients, hessians, to);
    this.look(0, to);
  }

  private open(
    leaf: number,
    start: number,
    end: number,
    node: number,
    level: number,
    gradient: number,
    hessian: number,
  ): void {
    this.start[leaf] = start;
    this.end[leaf] = end;
    this.node[leaf] = node;
    this.level[leaf] = level;
    this.gradient[leaf] = gradient;
    this.hessian[leaf] = hessian;
    this.gain[leaf] = 0;
    this.histogram[leaf] = -1;
  }

  private mayBeSplit(leaf: number): boolean {
    const rows = (this.end[leaf] as number) - (this.start[leaf] as number);
    const { minLeaf, depth, spend } = this.rules;
    return rows >= 2 * minLeaf && (this.level[leaf] as number) < depth && spend(rows * this.features.length + 1000);
  }

  /** Finds the leaf's best split in its histogram, which it keeps if there is one. */
  private look(leaf: number, histogram: number): void {
    const { best } = this;
    const rows = (this.end[leaf] as number) - (this.start[leaf] as number);
    const [gradient, hessian] = [this.gradient[leaf] as number, this.hessian[leaf] as number];
    best.find(this.histograms.sums[histogram] as Float64Array, gradient, hessian, rows);
    this.gain[leaf] = best.gain;
    if (best.gain > 0) {
      this.histogram[leaf] = histogram;
      this.feature[leaf] = best.feature;
      this.bin[leaf] = best.bin;
      this.lowerGradient[leaf] = best.gradient;
      this.lowerHessian[leaf] = best.hessian;
    } else this.free.push(histogram);
  }

  private mostGain(leaves: number): number {
    let [chosen, most] = [-1, 0];
    for (let leaf = 0; leaf < leaves; leaf++) {
      const gain = this.gain[leaf] as number;
      if (gain > most) [chosen, most] = [leaf, gain];
    }
    return chosen;
  }

  /**
   * The lower side takes the leaf's place, the upper one the next free one.
   *
   * @returns false where all rows are on one side: the histogram's rounding has deceived
   */
  private split(
    ensemble: Ensemble,
    leaf: number,
    next: number,
    gradients: Float32Array,
    hessians: Float32Array,
  ): boolean {
    const [start, end] = [this.start[leaf] as number, this.end[leaf] as number];
    const feature = this.feature[leaf] as number;
    const histogram = this.histogram[leaf] as number;
    const middle = this.part(feature, this.bin[leaf] as number, start, end);
    if (middle === start || middle === end) {
      this.gain[leaf] = 0;
      this.free.push(histogram);
      return false;
    }
    const child = ensemble.branch(this.node[leaf] as number, feature, this.threshold(leaf, middle));
    ensemble.cover[this.node[leaf] as number] = end - start;
    const level = (this.level[leaf] as number) + 1;
    const [lowerG, lowerH] = [this.lowerGradient[leaf] as number, this.lowerHessian[leaf] as number];
    const [upperG, upperH] = [(this.gradient[leaf] as number) - lowerG, (this.hessian[leaf] as number) - lowerH];
    this.open(leaf, start, middle, child, level, lowerG, lowerH);
    this.open(next, middle, end, child + 1, level, upperG, upperH);
    this.lookAtSiblings(leaf, next, histogram, next + 1 < this.rules.leaves, gradients, hessians);
    return true;
  }

  private lookAtSiblings(
    lower: number,
    upper: number,
    parent: number,
    more: boolean,
    gradients: Float32Array,
    hessians: Float32Array,
  ): void {
    const size = (leaf: number) => (this.end[leaf] as number) - (this.start[leaf] as number);
    const [small, large] = size(lower) <= size(upper) ? [lower, upper] : [upper, lower];
    // If the larger one is not to be split, neither is the smaller one.
    if (!more || !this.mayBeSplit(large)) {
      this.free.push(parent);
      return;
    }
    const own = this.take();
    this.count(small, gradients, hessians, own);
    this.histograms.subtract(parent, own);
    this.look(large, parent);
    if (size(small) >= 2 * this.rules.minLeaf) this.look(small, own);
    else this.free.push(own);
  }

  private count(leaf: number, gradients: Float32Array, hessians: Float32Array, to: number): void {
    const { order, pairs } = this.histograms;
    const [start, end] = [this.start[leaf] as number, this.end[leaf] as number];
    for (let at = start, pair = 0; at < end; at++, pair += 2) {
      const row = order[at] as number;
      pairs[pair] = gradients[row] as number;
      pairs[pair + 1] = hessians[row] as number;
    }
    this.histograms.fill(to, start, end - start);
  }

  /** Rows up to the bin to the front; each side keeps its order. @returns where the upper ones begin */
  private part(feature: number, last: number, start: number, end: number): number {
    const { upper } = this;
    const { order } = this.histograms;
    const { of, rows } = this.bins;
    const from = feature * rows;
    let middle = start;
    let above = 0;
    for (let at = start; at < end; at++) {
      const row = order[at] as number;
      // Without a branch: which side it is cannot be guessed.
      const low = Number((of[from + row] as number) <= last);
      order[middle] = row;
      upper[above] = row;
      middle += low;
      above += 1 - low;
    }
    for (let at = 0; at < above; at++) order[middle + at] = upper[at] as number;
    return middle;
  }

  /** In the middle between what the rows of both sides have. */
  private threshold(leaf: number, middle: number): number {
    const { order } = this.histograms;
    const { of, rows, first, high, low } = this.bins;
    const feature = this.feature[leaf] as number;
    const offset = first[feature] as number;
    let lower = this.bin[leaf] as number;
    let upper = lower + 1;
    const histogram = this.histograms.sums[this.histogram[leaf] as number] as Float64Array;
    const surely = 1e-6 * (this.hessian[leaf] as number);
    const there = (bin: number) => (histogram[2 * (offset + bin) + 1] as number) > surely;
    // Where a bin beside the border may be empty the rows themselves are asked.
    if (!there(lower) || !there(upper)) {
      const from = feature * rows;
      [lower, upper] = [0, 255];
      for (let at = this.start[leaf] as number; at < middle; at++) {
        const bin = of[from + (order[at] as number)] as number;
        if (bin > lower) lower = bin;
      }
      for (let at = middle; at < (this.end[leaf] as number); at++) {
        const bin = of[from + (order[at] as number)] as number;
        if (bin < upper) upper = bin;
      }
    }
    return between(high[offset + lower] as number, low[offset + upper] as number);
  }

  private finish(ensemble: Ensemble, leaf: number, scores: Float64Array): void {
    const { rules } = this;
    const { order } = this.histograms;
    const node = this.node[leaf] as number;
    const [start, end] = [this.start[leaf] as number, this.end[leaf] as number];
    ensemble.cover[node] = end - start;
    if ((this.gain[leaf] as number) > 0) this.free.push(this.histogram[leaf] as number);
    const at = ensemble.leaf(node);
    const curve = (this.hessian[leaf] as number) + rules.l2;
    ensemble.values[at] = curve > 1e-12 ? (-rules.rate * (this.gradient[leaf] as number)) / curve : 0;
    // As it was rounded.
    const value = ensemble.values[at];
    for (let place = start; place < end; place++) {
      const row = order[place] as number;
      scores[row] = (scores[row] as number) + value;
    }
  }

  /** @returns a histogram that nobody uses: there is one more than leaves */
  private take(): number {
    return this.free.pop() ?? 0;
  }
}

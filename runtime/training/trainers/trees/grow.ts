import { between } from './between.ts';
import type { Bins } from './bins.ts';
import type { Ensemble } from './ensemble.ts';
import type { Splits } from './splits.ts';

export interface Growth {
  readonly bins: Bins;
  readonly splits: Splits;
  /** Features that a node looks at, of those that vary among its rows. */
  readonly features: number;
  readonly depth: number;
  /** Fewest rows on either side of a split. */
  readonly minLeaf: number;
  readonly random: () => number;
  /** @returns false when the time allowed is over: what is still open becomes leaves */
  readonly spend: (work: number) => boolean;
}

/**
 * Grows one tree, depth first, until its leaves are pure or as small as they may be. The rows lie in one array, a node's beside
 * each other.
 *
 * @param order rows of the tree; it is left in the order of the leaves
 */
export function createGrower({ bins, splits, features, depth, minLeaf, random, spend }: Growth) {
  const { of, rows, width, low, high, first } = bins;
  const varying = Int32Array.from({ length: width }, (_, feature) => feature).filter(
    (feature) => (bins.counts[feature] as number) > 1,
  );
  const upper = new Int32Array(rows);
  // Node, first row, end, depth of what is still to be split.
  let open = new Int32Array(4 * 64);

  const find = (): void => {
    let tried = 0;
    // Those drawn are moved to the front, so that none is drawn twice.
    for (let drawn = 0; drawn < varying.length && tried < features; drawn++) {
      const at = features >= varying.length ? drawn : drawn + Math.floor(random() * (varying.length - drawn));
      const feature = varying[at] as number;
      varying[at] = varying[drawn] as number;
      varying[drawn] = feature;
      if (splits.look(feature)) tried++;
    }
  };

  /** @returns where the upper part begins */
  const part = (order: Int32Array, start: number, end: number): number => {
    const from = splits.feature * rows;
    const last = splits.lower;
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
  };

  const push = (at: number, node: number, start: number, end: number, level: number): void => {
    if (at + 4 > open.length) {
      const more = new Int32Array(2 * open.length);
      more.set(open);
      open = more;
    }
    open[at] = node;
    open[at + 1] = start;
    open[at + 2] = end;
    open[at + 3] = level;
  };

  return (ensemble: Ensemble, order: Int32Array): void => {
    push(0, ensemble.addTree(), 0, order.length, 0);
    for (let waiting = 1; waiting > 0;) {
      waiting--;
      const node = open[4 * waiting] as number;
      const start = open[4 * waiting + 1] as number;
      const end = open[4 * waiting + 2] as number;
      const level = open[4 * waiting + 3] as number;
      splits.begin(order, start, end);
      ensemble.cover[node] = splits.weight;
      const count = end - start;
      const going = spend(count * Math.min(features, width) + 500);
      if (going && !splits.pure && level < depth && count >= 2 * minLeaf) find();
      // Rounding may leave the gain of a split that changes nothing a little below zero.
      if (splits.feature < 0 || !(splits.gain > -1e-9 * splits.weight)) {
        const to = ensemble.leaf(node);
        splits.leaf(ensemble.values, to);
        continue;
      }
      const { feature } = splits;
      const offset = first[feature] as number;
      const threshold = between(high[offset + splits.lower] as number, low[offset + splits.upper] as number);
      const middle = part(order, start, end);
      const child = ensemble.branch(node, feature, threshold);
      push(4 * waiting++, child + 1, middle, end, level + 1);
      push(4 * waiting++, child, start, middle, level + 1);
    }
  };
}

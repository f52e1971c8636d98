import type { TrainingSet } from '../../fit/training-set.ts';
import type { Ensemble } from '../trees/ensemble.ts';
import { pathLength } from './path-length.ts';

/**
 * Grows a tree that tells some rows apart by chance: features and thresholds are drawn, and nothing is asked of a row's meaning.
 * A leaf says how long the way to it is.
 *
 * @param sample rows of the tree; it is left in the order of the leaves
 */
export function isolate(set: TrainingSet, sample: Int32Array, ensemble: Ensemble, random: () => number): void {
  const { values, width } = set;
  const deepest = Math.ceil(Math.log2(Math.max(2, sample.length)));
  const features = Int32Array.from({ length: width }, (_, feature) => feature);

  const grow = (node: number, start: number, end: number, level: number): void => {
    ensemble.cover[node] = end - start;
    const feature = level < deepest && end - start > 1 ? drawVarying(start, end) : -1;
    if (feature < 0) {
      const to = ensemble.leaf(node);
      ensemble.values[to] = level + pathLength(end - start);
      return;
    }
    const [least, most] = range(feature, start, end);
    const drawn = Math.fround(least + random() * (most - least));
    // Something is left on either side.
    const threshold = drawn >= least && drawn < most ? drawn : least;
    let middle = start;
    for (let at = start; at < end; at++) {
      const row = sample[at] as number;
      if ((values[row * width + feature] as number) > threshold) continue;
      sample[at] = sample[middle] as number;
      sample[middle++] = row;
    }
    const child = ensemble.branch(node, feature, threshold);
    grow(child, start, middle, level + 1);
    grow(child + 1, middle, end, level + 1);
  };

  const drawVarying = (start: number, end: number): number => {
    for (let drawn = 0; drawn < width; drawn++) {
      const at = drawn + Math.floor(random() * (width - drawn));
      const feature = features[at] as number;
      features[at] = features[drawn] as number;
      features[drawn] = feature;
      const [least, most] = range(feature, start, end);
      if (least < most) return feature;
    }
    return -1;
  };

  const range = (feature: number, start: number, end: number): [least: number, most: number] => {
    let [least, most] = [Infinity, -Infinity];
    for (let at = start; at < end; at++) {
      const value = values[(sample[at] as number) * width + feature] as number;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    return [least, most];
  };

  grow(ensemble.addTree(), 0, sample.length, 0);
}

import { seededRandom } from '../../../numerics/index.ts';
import type { Pace } from '../pace/pace.ts';
import { type TrainingSet, weightAt } from '../standardised/weighted.ts';
import { firstCentres } from './first-centres.ts';
import { squaredDistance } from './squared-distance.ts';

export interface Clusters {
  /** count × width. */
  readonly centres: Float64Array;
  readonly count: number;
  /** Weighted sum of the squared distances to the nearest centre. */
  readonly inertia: number;
}

export interface LloydChoices {
  readonly count: number;
  /** Starts from other centres; the best is kept. */
  readonly restarts: number;
  readonly seed: number;
}

const ITERATIONS = 100;
/** An iteration that gains less than this share is the last. */
const TOLERANCE = 1e-6;

/**
 * Lloyd's algorithm from k-means++ centres, on standardised rows with weights.
 *
 * @see sklearn.cluster.KMeans
 */
export function lloyd(set: TrainingSet, { count, restarts, seed }: LloydChoices, pace: Pace): Clusters {
  let best: Clusters | undefined;
  for (let start = 0; start < restarts; start++) {
    const random = seededRandom(seed + 7919 * start + 104_729 * count);
    const found = oneStart(set, firstCentres(set, count, random), pace, () => `${count} centres, start ${start + 1}`);
    if (!best || found.inertia < best.inertia) best = found;
    if (!pace.after(0, 0, () => '') || count === 1) break;
  }
  return best as Clusters;
}

function oneStart(set: TrainingSet, centres: Float64Array, pace: Pace, words: () => string): Clusters {
  const { rows, width, values } = set;
  const count = centres.length / width;
  const sums = new Float64Array(centres.length);
  const weights = new Float64Array(count);
  let inertia = Infinity;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    sums.fill(0);
    weights.fill(0);
    let now = 0;
    for (let row = 0; row < rows; row++) {
      const weight = weightAt(set, row);
      if (weight === 0) continue;
      const from = row * width;
      let nearest = 0;
      let least = Infinity;
      for (let centre = 0; centre < count; centre++) {
        const distance = squaredDistance(values, from, centres, centre * width, width, least);
        if (distance < least) [least, nearest] = [distance, centre];
      }
      now += weight * least;
      weights[nearest] = (weights[nearest] as number) + weight;
      const to = nearest * width;
      for (let column = 0; column < width; column++) {
        sums[to + column] = (sums[to + column] as number) + weight * (values[from + column] as number);
      }
    }
    const gained = inertia - now;
    inertia = now;
    if (!(gained > TOLERANCE * now)) break;
    for (let at = 0; at < centres.length; at++) {
      const weight = weights[Math.floor(at / width)] as number;
      // A centre that nothing is near to stays where it is.
      if (weight > 0) centres[at] = (sums[at] as number) / weight;
    }
    if (!pace.after(rows * width * count, iteration / ITERATIONS, words)) break;
  }
  return { centres, count, inertia };
}

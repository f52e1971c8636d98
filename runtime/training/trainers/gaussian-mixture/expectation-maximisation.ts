import { transposedMultiplyAdd } from '../../../numerics/index.ts';
import { lloyd } from '../k-means/lloyd.ts';
import { squaredDistance } from '../k-means/squared-distance.ts';
import type { Pace } from '../pace/pace.ts';
import { forBlocks } from '../standardised/blocks.ts';
import { type TrainingSet, weightAt, weightOf } from '../standardised/weighted.ts';
import { centreInto, type Component, componentOf, logDensities, logSum } from './mixture.ts';

export interface Mixture {
  readonly components: readonly Component[];
  /** Weighted mean of the log likelihood over the training rows. */
  readonly likelihood: number;
}

export interface MixtureChoices {
  readonly count: number;
  /** Added to every variance. */
  readonly regularisation: number;
  readonly restarts: number;
  readonly seed: number;
}

const ITERATIONS = 100;
/** As scikit-learn's: what an iteration must gain of the mean log likelihood. */
const TOLERANCE = 1e-3;

/**
 * Fits Gaussians with full covariances, beginning with the clusters of k-means.
 *
 * @param set standardised
 * @returns nothing where a component has lost all its rows
 * @see sklearn.mixture.GaussianMixture
 */
export function fitMixture(set: TrainingSet, choices: MixtureChoices, pace: Pace): Mixture | undefined {
  const { rows, width } = set;
  const { count, regularisation } = choices;
  const share = new Float64Array(rows * count);
  const { centres } = lloyd(set, choices, pace);
  for (let row = 0; row < rows; row++) share[row * count + nearest(set, row, centres, count)] = 1;
  let best: Mixture | undefined;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const components = maximise(set, share, count, regularisation);
    if (!components) return best;
    const likelihood = expect(set, components, share);
    const gained = best ? likelihood - best.likelihood : Infinity;
    best = { components, likelihood };
    if (Math.abs(gained) < TOLERANCE) break;
    const work = 2 * rows * count * width * width;
    if (!pace.after(work, iteration / ITERATIONS, () => `${count} Gaussians, round ${iteration + 1}`)) break;
  }
  return best;
}

function nearest({ values, width }: TrainingSet, row: number, centres: Float64Array, count: number): number {
  let found = 0;
  let least = Infinity;
  for (let centre = 0; centre < count; centre++) {
    const distance = squaredDistance(values, row * width, centres, centre * width, width, least);
    if (distance < least) [least, found] = [distance, centre];
  }
  return found;
}

/** How much of each row belongs to each component. */
function expect(set: TrainingSet, components: readonly Component[], share: Float64Array): number {
  const { rows, width, values } = set;
  const count = components.length;
  const buffers = buffersOf(rows, width);
  const total = weightOf(set);
  let likelihood = 0;
  forBlocks(values, width, (block, from, size) => {
    const own = share.subarray(from * count, (from + size) * count);
    logDensities(components, block, size, own, buffers);
    for (let row = 0; row < size; row++) {
      const sum = logSum(own, row * count, count);
      likelihood += (weightAt(set, from + row) / total) * sum;
      for (let at = row * count; at < (row + 1) * count; at++) own[at] = Math.exp((own[at] as number) - sum);
    }
  });
  return likelihood;
}

function maximise(
  set: TrainingSet,
  share: Float64Array,
  count: number,
  regularisation: number,
): Component[] | undefined {
  const { rows, width, values } = set;
  const total = weightOf(set);
  const buffers = buffersOf(rows, width);
  const components: Component[] = [];
  for (let index = 0; index < count; index++) {
    const partOf = (row: number) => (share[row * count + index] as number) * weightAt(set, row);
    let own = 0;
    for (let row = 0; row < rows; row++) own += partOf(row);
    if (!(own > 1e-8 * total)) return undefined;
    const mean = new Float64Array(width);
    for (let row = 0; row < rows; row++) {
      const part = partOf(row) / own;
      if (part === 0) continue;
      for (let column = 0; column < width; column++) {
        mean[column] = (mean[column] as number) + part * (values[row * width + column] as number);
      }
    }
    const covariance = new Float64Array(width * width);
    forBlocks(values, width, (block, from, size) => {
      centreInto(buffers.centred, block, size, mean);
      for (let row = 0; row < size; row++) {
        const root = Math.sqrt(partOf(from + row) / own);
        for (let at = row * width; at < (row + 1) * width; at++) {
          buffers.centred[at] = root * (buffers.centred[at] as number);
        }
      }
      transposedMultiplyAdd(size, width, width, buffers.centred, 0, width, buffers.centred, covariance);
    });
    for (let at = 0; at < covariance.length; at += width + 1) {
      covariance[at] = (covariance[at] as number) + regularisation;
    }
    const component = componentOf(own / total, mean, covariance);
    if (!component) return undefined;
    components.push(component);
  }
  return components;
}

export function buffersOf(rows: number, width: number) {
  const size = Math.min(rows, 256) * width;
  return { centred: new Float64Array(size), whitened: new Float64Array(size) };
}

import type { TrainerRun } from '../../fit/trainer.ts';
import { checkPairs } from '../pairs/check-pairs.ts';
import type { TrainingSet } from '../standardised/weighted.ts';
import { type Centred, centre } from './centre.ts';
import { byFeatures } from './by-features.ts';
import { byRows } from './by-rows.ts';

/** The answer for one penalty. */
export interface RidgeAnswer {
  readonly weights: Float64Array;
  /** Sum of the squared residuals. */
  readonly loss: number;
  /** Effective number of parameters. */
  readonly freedom: number;
}

/** Solves for one penalty after the other. @returns nothing where the sums are too close to singular */
export type RidgeSolver = (alpha: number) => RidgeAnswer | undefined;

/** From none to one that leaves little but the mean; half a power of ten apart. */
const ALPHAS = Array.from({ length: 17 }, (_, index) => 10 ** (-3 + index / 2));

/** @param set standardised */
export function fitRidge(
  set: TrainingSet,
  targets: Float64Array,
  alpha: number | undefined,
  run: TrainerRun,
): { weights: Float64Array; intercept: number; alpha: number } {
  const few = Math.min(set.rows, set.width);
  checkPairs('Ridge regression', set.width, few);
  const centred = centre(set, targets);
  const solver = set.width <= set.rows ? byFeatures(centred) : byRows(centred);
  const tried = alpha === undefined ? ALPHAS : [alpha];
  let best: RidgeAnswer | undefined;
  let chosen = tried[0] as number;
  let lowest = Infinity;
  // From the strong ones on: the first answer is one that is of use, should the time be over.
  for (const [index, each] of tried.toReversed().entries()) {
    const answer = solver(each);
    if (answer) {
      const rest = centred.total - 1 - answer.freedom;
      const score = rest > 1e-6 * centred.total ? answer.loss / rest ** 2 : Infinity;
      if (!best || score < lowest) [best, chosen, lowest] = [answer, each, score];
    }
    const going = run.step((index + 1) / tried.length, `${index + 1} of ${tried.length} penalties`);
    if (!going && best) break;
  }
  const weights = best?.weights ?? new Float64Array(set.width);
  return { weights, intercept: interceptOf(centred, weights), alpha: chosen };
}

function interceptOf({ means, targetMean }: Centred, weights: Float64Array): number {
  return weights.reduce((sum, weight, column) => sum - weight * (means[column] as number), targetMean);
}

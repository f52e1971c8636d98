import { minimise, multiplyTransposedAdd, softmax, transposedMultiplyAdd } from '../../../numerics/index.ts';
import type { TrainerRun } from '../../fit/trainer.ts';
import { createPace } from '../pace/pace.ts';
import { type TrainingSet, weightAt, weightOf } from '../standardised/weighted.ts';
import type { LinearWeights } from './linear-probabilities.ts';

interface SoftmaxProblem {
  readonly codes: Int32Array;
  readonly classes: number;
  /** C of scikit-learn. */
  readonly inversePenalty: number;
  readonly iterations: number;
}

const BLOCK = 256;

/**
 * Weights that make the labels most likely, less their penalty.
 *
 * @param set standardised
 */
export function fitSoftmax(
  set: TrainingSet,
  { codes, classes, inversePenalty, iterations }: SoftmaxProblem,
  run: TrainerRun,
): LinearWeights & { readonly steps: number } {
  const { rows, width, values } = set;
  const total = weightOf(set);
  // Per row, so that the tolerance does not depend on how many there are. Of two classes the weights of the one are those
  // of the other with their signs changed: together they are penalised as scikit-learn penalises its only ones.
  const penalty = (classes === 2 ? 2 : 1) / (inversePenalty * total);
  const pace = createPace(run);
  const size = Math.min(rows, BLOCK);
  const block = new Float64Array(size * width);
  const scores = new Float64Array(size * classes);
  const slopes = classes * width;

  const objective = (at: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    const weights = at.subarray(0, slopes);
    const intercepts = at.subarray(slopes);
    const toIntercepts = gradient.subarray(slopes);
    let loss = 0;
    for (let from = 0; from < rows; from += BLOCK) {
      const count = Math.min(BLOCK, rows - from);
      block.set(values.subarray(from * width, (from + count) * width));
      for (let row = 0; row < count; row++) scores.set(intercepts, row * classes);
      multiplyTransposedAdd(count, width, classes, block, weights, scores);
      for (let row = 0; row < count; row++) {
        const share = weightAt(set, from + row) / total;
        const own = scores.subarray(row * classes, (row + 1) * classes);
        softmax(own);
        const code = codes[from + row] as number;
        loss -= share * Math.log(Math.max(own[code] as number, Number.MIN_VALUE));
        own[code] = (own[code] as number) - 1;
        for (let label = 0; label < classes; label++) {
          const error = share * (own[label] as number);
          own[label] = error;
          toIntercepts[label] = (toIntercepts[label] as number) + error;
        }
      }
      transposedMultiplyAdd(count, classes, width, scores, 0, classes, block, gradient);
    }
    // The intercepts are not penalised.
    for (let index = 0; index < slopes; index++) {
      const weight = at[index] as number;
      loss += (penalty / 2) * weight * weight;
      gradient[index] = (gradient[index] as number) + penalty * weight;
    }
    return loss;
  };

  const { at, iterations: steps } = minimise(objective, new Float64Array(slopes + classes), {
    iterations,
    tolerance: 1e-6,
    goOn: (iteration) =>
      pace.after(3 * rows * classes * width, iteration / iterations, () => `step ${iteration} of ${iterations}`),
  });
  // As the model keeps them.
  const rounded = at.map(Math.fround);
  return { weights: rounded.slice(0, slopes), intercepts: rounded.slice(slopes), steps };
}

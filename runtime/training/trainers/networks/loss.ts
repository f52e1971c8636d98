import { softmax } from '../../../numerics/index.ts';
import { type TrainingSet, weightAt, weightOf } from '../standardised/weighted.ts';

/** What a network is taught by. */
export interface Loss {
  /**
   * @param outputs rows × outputs; they become the slopes of the loss by them
   * @param rowAt   which row of the set is the i-th
   * @returns weighted sum of the loss
   */
  of(outputs: Float64Array, rows: number, rowAt: (index: number) => number): number;
}

/** How a regression's values are told to the network: with the mean 0 and the variance 1. */
export interface TargetScale {
  readonly mean: number;
  readonly scale: number;
}

export function targetScale(set: TrainingSet): TargetScale {
  const { target } = set;
  if (target.task !== 'regression') return { mean: 0, scale: 1 };
  const total = weightOf(set);
  const sum = (value: (each: number) => number) =>
    target.values.reduce((all, each, row) => all + (weightAt(set, row) / total) * value(each), 0);
  const mean = sum((each) => each);
  const spread = Math.sqrt(sum((each) => (each - mean) ** 2));
  return { mean, scale: spread > 1e-12 * Math.abs(mean) ? spread : 1 };
}

/** Cross entropy of a softmax, or half the squared error. Weights are relative to their mean. */
export function lossFor(set: TrainingSet, { mean, scale }: TargetScale): Loss {
  const { target } = set;
  const share = set.rows / weightOf(set);
  if (target.task === 'classification') {
    const { codes, classes } = target;
    return {
      of(outputs, rows, rowAt) {
        let loss = 0;
        for (let index = 0; index < rows; index++) {
          const row = rowAt(index);
          const weight = share * weightAt(set, row);
          const own = outputs.subarray(index * classes.length, (index + 1) * classes.length);
          softmax(own);
          const code = codes[row] as number;
          loss -= weight * Math.log(Math.max(own[code] as number, Number.MIN_VALUE));
          own[code] = (own[code] as number) - 1;
          for (let at = 0; at < own.length; at++) own[at] = weight * (own[at] as number);
        }
        return loss;
      },
    };
  }
  const values = target.task === 'regression' ? target.values : new Float64Array(set.rows);
  return {
    of(outputs, rows, rowAt) {
      let loss = 0;
      for (let index = 0; index < rows; index++) {
        const row = rowAt(index);
        const weight = share * weightAt(set, row);
        const error = (outputs[index] as number) - ((values[row] as number) - mean) / scale;
        loss += (weight * error * error) / 2;
        outputs[index] = weight * error;
      }
      return loss;
    },
  };
}

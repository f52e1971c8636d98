import { forBlocks } from '../standardised/blocks.ts';
import { weightedMean } from '../standardised/weighted-mean.ts';
import { type TrainingSet, weightAt, weightOf } from '../standardised/weighted.ts';

/** Rows without their mean, each times the root of its weight: an ordinary least-squares problem. */
export interface Centred {
  readonly rows: number;
  readonly width: number;
  /** Sum of the weights. */
  readonly total: number;
  readonly means: Float64Array;
  readonly targetMean: number;
  readonly targets: Float64Array;
  /** Goes through the rows in blocks. */
  each(visit: (block: Float64Array, from: number, count: number) => void): void;
}

export function centre(set: TrainingSet, targets: Float64Array): Centred {
  const { rows, width, values } = set;
  const total = weightOf(set);
  const means = weightedMean(set);
  const targetMean = targets.reduce((sum, value, row) => sum + (weightAt(set, row) / total) * value, 0);
  const root = (row: number) => Math.sqrt(weightAt(set, row));
  return {
    ...{ rows, width, total, means, targetMean },
    targets: targets.map((value, row) => root(row) * (value - targetMean)),
    each(visit) {
      forBlocks(values, width, (block, from, count) => {
        for (let row = 0; row < count; row++) {
          const factor = root(from + row);
          for (let column = 0; column < width; column++) {
            const at = row * width + column;
            block[at] = factor * ((block[at] as number) - (means[column] as number));
          }
        }
        visit(block, from, count);
      });
    },
  };
}

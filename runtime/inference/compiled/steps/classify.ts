import type { Step } from '../graph/step.ts';
import type { Slot } from '../graph/value.ts';
import { logistic, postTransform } from './post-transform.ts';

interface Classify {
  readonly raw: Slot;
  /** Place of the highest raw score; of one score, whether it is above 0. */
  readonly label: Slot;
  /** As many as the raw ones; or two for one: 1 − s and s, or the logistic of −s and of s. */
  readonly scores: Slot;
  readonly transform: string;
}

/** What a LinearClassifier does with its sums. */
export function classifyStep({ raw, label, scores, transform }: Classify): Step {
  const { width } = raw;
  const apply = width > 1 || transform === 'PROBIT' ? postTransform(transform) : undefined;
  const isLogistic = transform === 'LOGISTIC';
  return {
    reads: [raw],
    writes: [label, scores],
    cost: scores.width,
    squashed: raw,
    link() {
      const [x, labels, y] = [raw.array, label.array, scores.array];
      if (scores.width > width) {
        return (rows) => {
          for (let row = 0; row < rows; row++) {
            const score = x[row] as number;
            labels[row] = score > 0 ? 1 : 0;
            y[2 * row] = isLogistic ? logistic(-score) : 1 - score;
            y[2 * row + 1] = isLogistic ? logistic(score) : score;
          }
        };
      }
      return (rows) => {
        for (let row = 0, at = 0; row < rows; row++) {
          let best = 0;
          let most = width === 1 ? 0 : -Infinity;
          for (let target = 0; target < width; target++, at++) {
            const score = x[at] as number;
            y[at] = score;
            if (score > most) {
              most = score;
              best = width === 1 ? 1 : target;
            }
          }
          labels[row] = best;
        }
        apply?.(y, rows * width, width);
      };
    },
  };
}

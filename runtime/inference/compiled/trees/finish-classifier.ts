import type { Slot } from '../graph/value.ts';
import { postTransform } from '../steps/post-transform.ts';
import type { Finish } from './ensemble.ts';

interface ClassifierEnd {
  /** Places of the labels among the classes. */
  readonly label: Slot;
  readonly to: Slot;
  readonly base: ArrayLike<number>;
  readonly transform: string;
}

/** More than two classes: the label of the highest score, among those that some leaf gave a score. */
export function finishClassifier({ label, to, base, transform }: ClassifierEnd): Finish {
  return ({ values, given, targets }) => {
    const [labels, y] = [label.array, to.array];
    const apply = postTransform(transform);
    return (rows) => {
      for (let row = 0, own = 0; row < rows; row++, own += targets) {
        let best = -1;
        let most = 0;
        for (let target = 0; target < targets; target++) {
          const score = (values[own + target] as number) + (base[target] ?? 0);
          y[own + target] = score;
          const counts = given[own + target] === 1 || target < base.length;
          if (counts && (best === -1 || score > most)) [best, most] = [target, score];
        }
        labels[row] = Math.max(0, best);
      }
      apply?.(y, rows * targets, targets);
    };
  };
}

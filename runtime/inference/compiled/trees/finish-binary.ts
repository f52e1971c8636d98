import type { Slot } from '../graph/value.ts';
import { logistic, postTransform } from '../steps/post-transform.ts';
import type { Finish } from './ensemble.ts';

interface BinaryEnd {
  /** Places of the labels among the two classes. */
  readonly label: Slot;
  readonly to: Slot;
  /** None, one value or two. */
  readonly base: ArrayLike<number>;
  readonly transform: string;
  /** The leaves speak of one class only. */
  readonly oneSided: boolean;
  readonly allPositive: boolean;
}

/**
 * Two classes. What ONNX Runtime does there is in no specification: where no leaf gave the second class a score, the one
 * score that there is stands for both, and how depends on the signs of all weights.
 */
export function finishBinary({ label, to, base, transform, oneSided, allPositive }: BinaryEnd): Finish {
  const [base0 = 0, base1 = 0] = Array.from(base);
  const isLogistic = transform === 'LOGISTIC';
  const limit = oneSided && allPositive ? 0.5 : 0;
  return ({ values, given }) => {
    const [labels, y] = [label.array, to.array];
    const apply = postTransform(transform);
    const two = new Float64Array(2);
    const transformPair = (at: number) => {
      two[0] = y[at] as number;
      two[1] = y[at + 1] as number;
      apply?.(two, 2, 2);
      y[at] = two[0];
      y[at + 1] = two[1];
    };
    return (rows) => {
      for (let row = 0, at = 0; row < rows; row++, at += 2) {
        const second = given[at + 1] === 1;
        let [a, b] = [values[at] as number, values[at + 1] as number];
        if (base.length === 2 && second) {
          b = base1 + a;
          a = -b;
        } else {
          a += base0;
          b += base1;
        }
        const weight = second ? b : given[at] === 1 ? a : 0;
        const positive = weight > limit;
        labels[row] = positive ? 1 : 0;
        if (second || base.length === 2) {
          y[at] = given[at] === 1 ? a : 0;
          y[at + 1] = second ? b : 0;
          if (transform !== 'NONE') transformPair(at);
        } else if (oneSided && allPositive && !isLogistic) {
          y[at] = 1 - a;
          y[at + 1] = a;
        } else if (isLogistic) {
          y[at] = logistic(-a);
          y[at + 1] = logistic(a);
        } else {
          y[at] = -a;
          y[at + 1] = a;
        }
      }
    };
  };
}

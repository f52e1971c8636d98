import type { Step } from '../graph/step.ts';
import type { Slot } from '../graph/value.ts';
import type { Activation } from './activation.ts';

/** A function of each value by itself, from one slot into another. */
export function mapStep(from: Slot, to: Slot, { apply, squashes, identity }: Activation): Step {
  const { width } = from;
  return {
    reads: [from],
    writes: [to],
    cost: width,
    ...(squashes ? { squashed: from } : {}),
    ...(identity ? { row: (values: Float64Array) => values } : {}),
    link() {
      const [x, y] = [from.array, to.array];
      return (rows) => apply(x, y, rows * width);
    },
  };
}

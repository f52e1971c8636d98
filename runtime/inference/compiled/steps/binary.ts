import type { Step } from '../graph/step.ts';
import type { NumberArray, Slot } from '../graph/value.ts';

export type BinaryFunction = (a: number, b: number) => number;

interface Binary {
  readonly a: Slot;
  readonly b: Slot;
  /** Places in a row of `a` and of `b`, by place in a row of `to`. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly to: Slot;
  readonly f: BinaryFunction;
}

/** f of the values of two slots. */
export function binaryStep({ a, b, left, right, to, f }: Binary): Step {
  return {
    reads: [a, b],
    writes: [to],
    cost: to.width,
    link() {
      const [x, y, z] = [a.array, b.array, to.array];
      return (rows) => {
        let at = 0;
        for (let row = 0; row < rows; row++) {
          for (let index = 0; index < to.width; index++, at++) {
            const first = x[row * a.width + (left[index] as number)] as number;
            z[at] = f(first, y[row * b.width + (right[index] as number)] as number);
          }
        }
      };
    },
  };
}

interface WithConstant {
  readonly x: Slot;
  /** Places in a row of `x`, by place in a row of `to`. */
  readonly at: Int32Array;
  /** By place in a row of `to`. */
  readonly values: NumberArray;
  readonly to: Slot;
  readonly f: BinaryFunction;
  /** f is affine in the slot's values. */
  readonly affine?: boolean;
}

/** f of the values of a slot and of constants that are the same for each row. */
export function constantStep({ x, at: places, values, to, f, affine }: WithConstant): Step {
  const straight = x.width === to.width;
  return {
    reads: [x],
    writes: [to],
    cost: to.width,
    ...(affine
      ? {
          row: (row: Float64Array) =>
            Float64Array.from(places, (place, n) => f(row[place] as number, values[n] as number)),
        }
      : {}),
    link() {
      const [from, into, { width }] = [x.array, to.array, to];
      if (straight) {
        return (rows) => {
          for (let row = 0, at = 0; row < rows; row++) {
            for (let index = 0; index < width; index++, at++) into[at] = f(from[at] as number, values[index] as number);
          }
        };
      }
      return (rows) => {
        for (let row = 0, at = 0; row < rows; row++) {
          for (let index = 0; index < width; index++, at++) {
            into[at] = f(from[row * x.width + (places[index] as number)] as number, values[index] as number);
          }
        }
      };
    },
  };
}

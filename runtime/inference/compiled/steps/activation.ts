import type { NumberArray } from '../graph/value.ts';

/** A function of each value by itself. */
export interface Activation {
  /** It does nothing but raise lower values to this one. */
  readonly lowest?: number;
  /** It is a logistic function, whose argument is what is explained. */
  readonly squashes?: true;
  /** It leaves values as they are, but for their precision. */
  readonly identity?: true;
  /** `from` and `to` may be the same array. */
  apply(from: NumberArray, to: NumberArray, count: number): void;
}

/** A loop around a function. Made anew for each, so that the engine can put the function into its own loop. */
export function elementwise(f: (value: number) => number): Activation {
  return {
    apply(from, to, count) {
      for (let index = 0; index < count; index++) to[index] = f(from[index] as number);
    },
  };
}

/** Brings values from one precision to another. */
export const unchanged: Activation = { ...elementwise((value) => value), identity: true };

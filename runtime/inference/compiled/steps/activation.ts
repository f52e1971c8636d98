import type { NumberArray } from '../graph/value.ts';

/** A function of each value by itself. */
export interface Activation {
  /** It does nothing but raise lower values to this one. */
  readonly lowest?: number;
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

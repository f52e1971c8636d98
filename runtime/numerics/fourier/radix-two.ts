import type { Pass } from './pass.ts';

/** The last pass of a transform, where two values are left to combine: no factors. */
export function lastRadixTwo(stride: number): Pass {
  const step = 2 * stride;
  return (values, from, into) => {
    for (let at = 0; at < step; at++) {
      const a = values[from + at] as number;
      const b = values[from + at + step] as number;
      into[at] = a + b;
      into[at + step] = a - b;
    }
  };
}

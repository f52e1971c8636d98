import { turn } from '../turn.ts';

/**
 * The factors of a pass: for each group the turns by which its results 1 … radix - 1 are moved back, as cosine and sine in turn.
 */
export function twiddles(radix: number, groups: number): Float64Array {
  const table = new Float64Array(2 * (radix - 1) * groups);
  let at = 0;
  for (let group = 0; group < groups; group++) {
    for (let result = 1; result < radix; result++) {
      const { cos, sin } = turn(group * result, radix * groups);
      table[at++] = cos;
      table[at++] = sin;
    }
  }
  return table;
}

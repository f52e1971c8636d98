import type { Moving } from './moving.ts';

/**
 * The smallest or largest of the last values: kept are only those that can still become it, in a ring.
 *
 * @param beats whether the first of two values makes the second, which is older, superfluous
 * @see Lemire (2006)
 */
export function movingExtreme(length: number, beats: (newer: number, older: number) => boolean): Moving {
  const values = new Float64Array(length);
  const places = new Float64Array(length);
  let first = 0;
  let held = 0;
  let place = 0;
  return {
    bytes: values.byteLength + places.byteLength,
    push(value) {
      if (held > 0 && (places[first] as number) <= place - length) {
        first = (first + 1) % length;
        held--;
      }
      while (held > 0 && beats(value, values[(first + held - 1) % length] as number)) held--;
      const last = (first + held++) % length;
      values[last] = value;
      places[last] = place++;
      return values[first] as number;
    },
    reset() {
      first = held = place = 0;
    },
  };
}

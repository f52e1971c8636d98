import type { Moving } from './moving.ts';

/** The median of the last values, which are kept in order: a step moves at most `length` of them. */
export function movingMedian(length: number): Moving {
  const ring = new Float64Array(length);
  const sorted = new Float64Array(length);
  let next = 0;
  let count = 0;

  /** How many of the first `count` are smaller. */
  const below = (value: number) => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    bytes: ring.byteLength + sorted.byteLength,
    push(value) {
      if (count === length) {
        const at = below(ring[next] as number);
        sorted.copyWithin(at, at + 1, count);
        count--;
      }
      const at = below(value);
      sorted.copyWithin(at + 1, at, count);
      sorted[at] = value;
      count++;
      ring[next] = value;
      next = (next + 1) % length;
      return ((sorted[(count - 1) >> 1] as number) + (sorted[count >> 1] as number)) / 2;
    },
    reset() {
      next = count = 0;
    },
  };
}

import { normal } from '../random.ts';

/** Seconds between two steps. */
const STEP = 0.01;
/** Steps of a block: a good fortnight. */
const BLOCK_BITS = 27;
const BLOCK = 2 ** BLOCK_BITS;

/**
 * A random walk (Brownian motion) that can be asked for any instant, in any order: each block's end is drawn first, then
 * its middle, then the middles of the halves, down to the instant.
 *
 * @param perMinute standard deviation of what it moves by in a minute
 * @param most      it is thrown back at this distance from 0; 0: it is not
 * @see Lévy's construction: the middle of a bridge of length h is normal with variance h/4
 */
export function walk(seed: number, stream: number, perMinute: number, most: number) {
  const perStep = perMinute * Math.sqrt(STEP / 60);
  const drawn = (block: number, index: number) => normal(seed + 7919 * block, stream, index);
  const move = (block: number) => perStep * Math.sqrt(BLOCK) * drawn(block, 0);

  const free = (steps: number): number => {
    const block = Math.floor(steps / BLOCK);
    let start = 0;
    for (let before = 0; before < block; before++) start += move(before);
    let end = start + move(block);
    let [first, length, index] = [0, BLOCK, 1];
    const wanted = steps - block * BLOCK;
    while (wanted !== first) {
      length /= 2;
      const middle = (start + end) / 2 + perStep * Math.sqrt(length / 2) * drawn(block, index);
      const isLater = wanted >= first + length;
      if (isLater) [first, start] = [first + length, middle];
      else end = middle;
      index = 2 * index + (isLater ? 1 : 0);
    }
    return start;
  };
  return (seconds: number): number => reflected(free(Math.max(0, Math.round(seconds / STEP))), most);
}

/** Thrown back between walls at ±most. */
function reflected(value: number, most: number): number {
  if (most === 0) return value;
  const along = (((value + most) % (4 * most)) + 4 * most) % (4 * most);
  return (along < 2 * most ? along : 4 * most - along) - most;
}

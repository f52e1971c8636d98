/** The latest samples of one window, oldest first: values, times, and how many samples were left out before each. */
export interface SampleRing {
  /** At most the ring's length. */
  readonly held: number;
  /** Takes a sample; the oldest one goes when the ring is full. */
  push(values: Float64Array, time: number, leftOutBefore: number): void;
  clear(): void;
  /** ms since the epoch, oldest first. Overwritten by the next call. */
  times(): Float64Array;
  /** Row-major, oldest sample first, in a buffer of its own. */
  values(): Float32Array<ArrayBuffer>;
  /** Of each held sample, oldest first. Overwritten by the next call. */
  leftOut(): Uint32Array;
}

/** @param width values a sample */
export function createSampleRing(length: number, width: number): SampleRing {
  const values = new Float32Array(length * width);
  const times = new Float64Array(length);
  const leftOut = new Uint32Array(length);
  // What stays in the room is unrolled into the same arrays each time.
  const orderedTimes = new Float64Array(length);
  const orderedLeftOut = new Uint32Array(length);
  let next = 0;
  let held = 0;

  // Oldest first; until the ring is full, the oldest is the first.
  const unrolled = <T extends Float32Array<ArrayBuffer> | Float64Array | Uint32Array>(
    ring: T,
    target: T,
    each: number,
  ): T => {
    const split = held < length ? 0 : next * each;
    target.set(ring.subarray(split, held * each));
    target.set(ring.subarray(0, split), held * each - split);
    return target;
  };

  return {
    get held() {
      return held;
    },
    push(sample, time, leftOutBefore) {
      const at = next * width;
      // Of a few values, a loop is several times as fast as `set`.
      for (let channel = 0; channel < width; channel++) values[at + channel] = sample[channel] as number;
      times[next] = time;
      leftOut[next] = leftOutBefore;
      if (++next === length) next = 0;
      if (held < length) held++;
    },
    clear() {
      next = held = 0;
    },
    times: () => unrolled(times, orderedTimes, 1).subarray(0, held),
    values: () => unrolled(values, new Float32Array(held * width), width),
    leftOut: () => unrolled(leftOut, orderedLeftOut, 1).subarray(0, held),
  };
}

/** The first two moments of the last so many values of a stream. */
export interface MovingMoments {
  readonly count: number;
  readonly mean: number;
  /** Sum of the squared distances to the mean. */
  readonly squares: number;
  readonly bytes: number;
  push(value: number): void;
  reset(): void;
}

/**
 * Mean and squared distances of the last values, each step from the one before. Rounding would add up over months, so that
 * each time around the ring both are computed anew from the values themselves.
 *
 * @param length values, at least 1
 * @see Welford (1962) for the step
 */
export function movingMoments(length: number): MovingMoments {
  const ring = new Float64Array(length);
  let next = 0;
  let count = 0;
  let mean = 0;
  let squares = 0;

  const anew = () => {
    let sum = 0;
    for (let n = 0; n < count; n++) sum += ring[n] as number;
    mean = sum / count;
    squares = 0;
    for (let n = 0; n < count; n++) {
      const distance = (ring[n] as number) - mean;
      squares += distance * distance;
    }
  };

  return {
    get count() {
      return count;
    },
    get mean() {
      return mean;
    },
    get squares() {
      return squares > 0 ? squares : 0;
    },
    bytes: ring.byteLength,
    push(value) {
      const full = count === length;
      const old = full ? (ring[next] as number) : 0;
      ring[next] = value;
      next = (next + 1) % length;
      if (!full) count++;
      if (next === 0) return anew();
      const before = mean;
      if (full) {
        mean += (value - old) / length;
        squares += (value - old) * (value - mean + (old - before));
      } else {
        mean += (value - before) / count;
        squares += (value - before) * (value - mean);
      }
    },
    reset() {
      next = count = 0;
      mean = squares = 0;
    },
  };
}

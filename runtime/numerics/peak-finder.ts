import { sortBy } from './sort-by.ts';

/** What a maximum must be to count as a peak. What is left out is not asked. */
export interface PeakRules {
  /** At least so high. */
  readonly height?: number;
  /** At least so far from a higher one, samples; at least 1. */
  readonly distance?: number;
  /** At least so far above the higher of the two lowest points that part it from higher ones. */
  readonly prominence?: number;
}

export interface PeakFinder {
  readonly bytes: number;
  /** Where the peaks are, ascending: the first `count` of the buffer. */
  readonly places: Int32Array;
  /** Of each peak, in the order of `places`. */
  readonly prominences: Float64Array;
  /** @returns how many peaks there are */
  find(values: ArrayLike<number>): number;
}

/**
 * Finds peaks: values higher than those next to them. A flat top counts once, at its middle.
 *
 * @param length the most values that it is given
 * @see agrees with scipy.signal.find_peaks(height, distance, prominence)
 */
export function createPeakFinder(length: number, rules: PeakRules = {}): PeakFinder {
  const { height = -Infinity, distance = 1, prominence = 0 } = rules;
  const places = new Int32Array((length >> 1) + 1);
  const prominences = new Float64Array(places.length);
  const kept = new Uint8Array(places.length);
  // Peak n of `byHeight` is the n-th lowest: its index in `places`. `heights` is what they are compared by.
  const byHeight = new Int32Array(distance > 1 ? places.length : 0);
  const heights = new Float64Array(byHeight.length);

  const candidates = (values: ArrayLike<number>): number => {
    let count = 0;
    const last = values.length - 1;
    for (let n = 1; n < last; n++) {
      const value = values[n] as number;
      if (!((values[n - 1] as number) < value)) continue;
      let end = n;
      while (end < last && values[end + 1] === value) end++;
      if (end < last && (values[end + 1] as number) < value && value >= height) places[count++] = (n + end) >> 1;
      n = end;
    }
    return count;
  };

  /** From the highest down, each peak removes those that are too near. */
  const thin = (values: ArrayLike<number>, count: number): number => {
    if (distance <= 1) return count;
    kept.fill(1, 0, count);
    for (let index = 0; index < count; index++) {
      byHeight[index] = index;
      heights[index] = values[places[index] as number] as number;
    }
    sortBy(byHeight, count, heights);
    for (let rank = count - 1; rank >= 0; rank--) {
      const index = byHeight[rank] as number;
      if (!kept[index]) continue;
      const place = places[index] as number;
      for (let n = index - 1; n >= 0 && place - (places[n] as number) < distance; n--) kept[n] = 0;
      for (let n = index + 1; n < count && (places[n] as number) - place < distance; n++) kept[n] = 0;
    }
    return keep(count, (index) => kept[index] === 1);
  };

  const keep = (count: number, fits: (index: number) => boolean): number => {
    let left = 0;
    for (let index = 0; index < count; index++) {
      if (!fits(index)) continue;
      places[left] = places[index] as number;
      prominences[left++] = prominences[index] as number;
    }
    return left;
  };

  return {
    bytes: places.byteLength + prominences.byteLength + kept.byteLength + byHeight.byteLength + heights.byteLength,
    places,
    prominences,
    find(values) {
      const count = thin(values, candidates(values));
      for (let index = 0; index < count; index++) prominences[index] = prominenceOf(values, places[index] as number);
      return prominence > 0 ? keep(count, (index) => (prominences[index] as number) >= prominence) : count;
    },
  };
}

/** Down to the higher of the lowest points on the way, to either side, to something higher or to the end. */
function prominenceOf(values: ArrayLike<number>, place: number): number {
  const top = values[place] as number;
  let left = top;
  for (let n = place; n >= 0 && (values[n] as number) <= top; n--) left = Math.min(left, values[n] as number);
  let right = top;
  for (let n = place; n < values.length && (values[n] as number) <= top; n++)
    right = Math.min(right, values[n] as number);
  return top - Math.max(left, right);
}

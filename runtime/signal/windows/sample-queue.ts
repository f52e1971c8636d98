import { checkRoom } from './room-for.ts';

/** Samples in order of time, first in, first out, as many as there is memory for. */
export interface SampleQueue {
  readonly size: number;
  /** @throws WINDOW_TOO_LARGE where it would hold more than a window may; the queue is empty then */
  push(values: Float64Array, time: number, leftOutBefore: number): void;
  /** Forgets the oldest. */
  drop(samples: number): void;
  clear(): void;
  /** The index counts from the oldest, 0. */
  time(index: number): number;
  leftOut(index: number): number;
  value(index: number, channel: number): number;
}

const START = 64;

/** @param width values a sample */
export function createSampleQueue(width: number): SampleQueue {
  let room = START;
  let values = new Float64Array(room * width);
  let times = new Float64Array(room);
  let leftOut = new Uint32Array(room);
  let first = 0;
  let size = 0;

  // The oldest go to the front, and where that is not enough, into arrays of twice the size.
  const makeRoom = () => {
    const wanted = size > room / 2 ? room * 2 : room;
    if (wanted > room) {
      try {
        checkRoom(size + 1, width);
      } catch (error) {
        first = size = 0;
        throw error;
      }
    }
    const moved = <T extends Float64Array | Uint32Array>(from: T, to: T, each: number): T => {
      to.set(from.subarray(first * each, (first + size) * each));
      return to;
    };
    values = moved(values, new Float64Array(wanted * width), width);
    times = moved(times, new Float64Array(wanted), 1);
    leftOut = moved(leftOut, new Uint32Array(wanted), 1);
    room = wanted;
    first = 0;
  };

  return {
    get size() {
      return size;
    },
    push(sample, time, leftOutBefore) {
      if (first + size === room) makeRoom();
      const at = first + size;
      for (let channel = 0; channel < width; channel++) values[at * width + channel] = sample[channel] as number;
      times[at] = time;
      leftOut[at] = leftOutBefore;
      size++;
    },
    drop(samples) {
      const gone = Math.min(samples, size);
      first += gone;
      size -= gone;
      if (size === 0) first = 0;
    },
    clear() {
      first = size = 0;
    },
    time: (index) => times[first + index] as number,
    leftOut: (index) => leftOut[first + index] as number,
    value: (index, channel) => values[(first + index) * width + channel] as number,
  };
}

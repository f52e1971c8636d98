/** The latest values of one channel, in order of time. */
export interface ChannelHistory {
  /** Whether it was later than the one before: otherwise it was not taken. */
  push(value: number, time: number): boolean;
  /** ms since the epoch; −∞ without one. */
  readonly newest: number;
  /** The last value taken at or before this time; NaN if none is left that is not older than `tolerance` ms. */
  hold(time: number, tolerance: number): number;
  /** The value at this time on the straight line between its neighbours; NaN if they lie further apart than `tolerance` ms. */
  interpolate(time: number, tolerance: number): number;
  clear(): void;
}

export function createChannelHistory(length: number): ChannelHistory {
  const values = new Float64Array(length);
  const times = new Float64Array(length);
  let count = 0;
  let newest = -Infinity;

  /** How many steps back the last value at or before this time lies; −1: it is gone, or there never was one. */
  const stepsBack = (time: number): number => {
    const held = Math.min(count, length);
    for (let back = 0; back < held; back++) {
      if ((times[(count - 1 - back) % length] as number) <= time) return back;
    }
    return -1;
  };

  return {
    get newest() {
      return newest;
    },
    push(value, time) {
      if (!(time > newest)) return false;
      values[count % length] = value;
      times[count % length] = time;
      count++;
      newest = time;
      return true;
    },
    hold(time, tolerance) {
      const back = stepsBack(time);
      if (back < 0) return NaN;
      const at = (count - 1 - back) % length;
      return time - (times[at] as number) <= tolerance ? (values[at] as number) : NaN;
    },
    interpolate(time, tolerance) {
      const back = stepsBack(time);
      if (back < 0) return NaN;
      const at = (count - 1 - back) % length;
      const [from, begun] = [values[at] as number, times[at] as number];
      if (begun === time) return from;
      if (back === 0) return NaN;
      const [to, ended] = [values[(at + 1) % length] as number, times[(at + 1) % length] as number];
      return ended - begun <= tolerance ? from + ((time - begun) / (ended - begun)) * (to - from) : NaN;
    },
    clear() {
      count = 0;
      newest = -Infinity;
    },
  };
}

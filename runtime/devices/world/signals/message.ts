/** A signal that somebody sets. It goes to a new value as a heated wire does: fast at first. */
export interface SetSignal {
  at(seconds: number): number;
  /** Counts from the time of the last reading on. */
  set(value: number): void;
}

/** @param smoothing seconds after which 1/e of a change is left; 0: it jumps */
export function setSignal(value: number, smoothing: number): SetSignal {
  let target = value;
  let from = value;
  let since = 0;
  let last = 0;
  const at = (seconds: number): number => {
    last = seconds;
    if (smoothing === 0) return target;
    return target + (from - target) * Math.exp((since - seconds) / smoothing);
  };
  return {
    at,
    set(next) {
      if (next === target) return;
      from = at(last);
      since = last;
      target = next;
    },
  };
}

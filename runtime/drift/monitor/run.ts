/** Evaluations in a row, well below the threshold, that it takes to end; just below it, it takes a whole window of them. */
const TO_END = 3;
const WELL_BELOW = 0.7;

/**
 * One yardstick's course: drift is when it lies beyond its threshold at each evaluation of a whole window, so that the
 * newest rows and those before them, which share none, both do. It ends when it lies well below three times in a row, or below
 * it for a whole window.
 */
export interface Run {
  readonly drifting: boolean;
  /** When it was first beyond its threshold, of the present time that it is. */
  readonly since: number;
  /** The least value of the last window's evaluations; NaN while there is no whole window of them. */
  readonly least: number;
  /** Takes the value of this evaluation. NaN: there is none, and what was stands. */
  take(value: number, threshold: number, time: number): void;
  /** Whether it begins or ends, given whether `least` is out by now; `oldest` is the time of the window's first evaluation. */
  judge(out: boolean, value: number, threshold: number, oldest: number): void;
  save(): SavedRun;
}

export interface SavedRun {
  readonly recent: readonly number[];
  readonly drifting: boolean;
  readonly crossed: number | null;
  readonly below: number;
  readonly wellBelow: number;
  readonly since: number;
}

/** @param length evaluations of a whole window, the first and the last included */
export function createRun(length: number, saved?: SavedRun): Run {
  // The newest is the last.
  const recent: number[] = [...(saved?.recent ?? [])];
  let drifting = saved?.drifting ?? false;
  let crossed = saved?.crossed ?? null;
  let below = saved?.below ?? 0;
  let wellBelow = saved?.wellBelow ?? 0;
  let since = saved?.since ?? 0;
  return {
    get drifting() {
      return drifting;
    },
    get since() {
      return since;
    },
    get least() {
      if (recent.length < length) return NaN;
      let least = Infinity;
      for (const value of recent) if (value < least) least = value;
      return least;
    },
    take(value, threshold, time) {
      if (!(value === value)) return;
      if (recent.length === length) recent.shift();
      recent.push(value);
      if (value <= threshold) crossed = null;
      else crossed ??= time;
    },
    judge(out, value, threshold, oldest) {
      if (!drifting) {
        if (!out) return;
        drifting = true;
        since = crossed ?? oldest;
        below = wellBelow = 0;
      } else if (value === value) {
        below = value < threshold ? below + 1 : 0;
        wellBelow = value < WELL_BELOW * threshold ? wellBelow + 1 : 0;
        if (wellBelow < TO_END && below < length) return;
        drifting = false;
        // What brought it here must not begin it again.
        recent.length = 0;
        crossed = null;
      }
    },
    save: () => ({ recent: [...recent], drifting, crossed, below, wellBelow, since }),
  };
}

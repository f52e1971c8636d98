import { keepLargest, tailLimit } from './tail.ts';

/** How many of the largest steps are kept: they say how heavy the tail is. */
const TOP = 16;
/** A healthy step larger than the limit may come once in so many rows. */
const ONE_STEP_IN = 1e8;
/** A healthy value may stand still for longer than the limit once in so many rows. */
const ONE_STILL_IN = 1e12;
/** Rows that a value must stand still for at least: one that repeats now and then, and one that has never done so, in so many rows. */
const LEAST_STILL = 10;
const LEAST_OF_NEVER = 4;
const NEVER = 500;
/** Of the longest time that it stood still while healthy. */
const STILL_SHARE = 4;
/** What has changed less often has not shown how long it may stand still, or how far it may step. */
const LEAST_CHANGES = 5;

/** How one column behaves while it is healthy: learned row by row, of fixed size. */
export interface Habits {
  take(value: number): void;
  /** The value that it shows now was none: how long it stood still is not learned from. */
  discard(): void;
  /** Infinity and -Infinity before the first value. */
  readonly min: number;
  readonly max: number;
  /** Missing values in a row, at most. */
  readonly longestGap: number;
  /** Rows in a row with one and the same value from which on it is stuck; Infinity: it stands still by nature. */
  stillLimit(): number;
  /** From one row to the next: the largest step that was seen, with some room, and the largest that can still be healthy. */
  steps(): { readonly usual: number; readonly limit: number };
  save(): readonly number[];
}

/**
 * Learns how a column behaves.
 *
 * How long a healthy value may repeat: four times as long as it ever did, and so long that by its share of repeats a run
 * (geometric, were the repeats independent) comes once in 10¹² rows: a ten-bit thermometer repeats every other reading.
 *
 * How far a healthy value may step: to the step that comes once in 10⁸ rows when the tail of the steps is continued as a
 * power law, and at least two and a half times the largest one. Of bell-shaped steps that is some 15 standard deviations; steps with a
 * heavier tail get more room.
 *
 * @param saved what `save` gave
 */
export function createHabits(saved?: readonly number[]): Habits {
  let [count, repeats, changes, run, longest, gap, longestGap] = (saved?.slice(0, 7) as Seven) ?? [0, 0, 0, 0, 0, 0, 0];
  let [min, max, last, finest] = (saved?.slice(7, 11) as Four) ?? [Infinity, -Infinity, NaN, Infinity];
  const steps = Float64Array.from(saved?.slice(11) ?? new Float64Array(TOP));

  return {
    take(value) {
      if (Number.isNaN(value)) {
        gap++;
        if (gap > longestGap) longestGap = gap;
        return;
      }
      gap = 0;
      count++;
      if (value === last) {
        run++;
        return;
      }
      // A run is learned from when it is over: one that does not end may be a sensor that is stuck.
      if (run > longest) longest = run;
      repeats += Math.max(0, run - 1);
      run = 1;
      changes++;
      const step = Math.abs(value - last);
      last = value;
      if (value < min) min = value;
      if (value > max) max = value;
      if (step < finest) finest = step;
      keepLargest(steps, step);
    },
    discard() {
      count -= run;
      run = 0;
      last = NaN;
    },
    get min() {
      return min;
    },
    get max() {
      return max;
    },
    get longestGap() {
      return longestGap;
    },
    stillLimit() {
      if (changes < LEAST_CHANGES) return Infinity;
      const share = repeats / Math.max(1, count - run);
      const rare = share > 0 ? Math.log(ONE_STILL_IN) / -Math.log(share) : 0;
      const least = repeats === 0 && count >= NEVER ? LEAST_OF_NEVER : LEAST_STILL;
      return Math.ceil(Math.max(least, STILL_SHARE * longest, rare));
    },
    steps() {
      if (changes <= LEAST_CHANGES) return { usual: Infinity, limit: Infinity };
      const kept = steps.filter((step) => step > 0);
      // Of a value that comes in steps, such as a converter's counts, one more is nothing.
      const usual = 1.25 * (kept[0] as number) + finest;
      return { usual, limit: Math.max(2 * usual, tailLimit(kept, count, ONE_STEP_IN)) };
    },
    save: () => [count, repeats, changes, run, longest, gap, longestGap, min, max, last, finest, ...steps],
  };
}

type Seven = [number, number, number, number, number, number, number];
type Four = [number, number, number, number];

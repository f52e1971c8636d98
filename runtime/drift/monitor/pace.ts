/** What a wish in time is worth in rows: how long it is from row to row. */
export interface Pace {
  /** ms from one row to the next; `undefined` until it is known. Held until it has changed by a quarter. */
  readonly interval: number | undefined;
  /** How often the time went back. */
  readonly backwards: number;
  push(time: number): void;
  save(): SavedPace;
}

export interface SavedPace {
  readonly last: number | null;
  readonly mean: number;
  readonly known: number;
  readonly held: number | null;
  /** Pauses of late: each fades over ten thousand rows. */
  readonly pauses?: number;
  readonly backwards: number;
}

const ENOUGH = 8;
/** Steps that the mean looks back on. */
const MEMORY = 1000;
const CHANGE = 1.25;
/** Pauses that come again and again are the rhythm: rows that come many at a time, or seldom from now on. */
const OFTEN = 2.5;
const FADE = 1 - 1e-4;

/** Steps backwards say nothing of the rate, nor does now and then a pause a hundred times as long as a step. */
export function createPace(saved?: SavedPace): Pace {
  let { last, mean, known, held, backwards } = saved ?? { last: null, mean: 0, known: 0, held: null, backwards: 0 };
  let pauses = saved?.pauses ?? 0;
  return {
    get interval() {
      return held ?? undefined;
    },
    get backwards() {
      return backwards;
    },
    push(time) {
      const step = last === null ? NaN : time - last;
      last = time;
      if (step < 0) backwards++;
      pauses *= FADE;
      if (!(step >= 0)) return;
      if (known >= ENOUGH && mean > 0 && step > 100 * mean + 1) {
        pauses++;
        if (pauses < OFTEN) return;
      }
      known = Math.min(MEMORY, known + 1);
      mean += (step - mean) / known;
      if (known < ENOUGH || !(mean > 0)) return;
      if (held === null || mean > CHANGE * held || held > CHANGE * mean) held = mean;
    },
    save: () => ({ last, mean, known, held, pauses, backwards }),
  };
}

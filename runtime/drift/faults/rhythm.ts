import { keepLargest, tailLimit } from './tail.ts';

/** Rows until the stream's rhythm is known at all, and until its longest healthy gaps are. */
const FIRST = 16;
const LEARN = 256;
const TOP = 16;
/** How quickly the rhythm follows, per row; one gap counts no more than so many rows of it: a dropout must not become the rhythm. */
const FOLLOW = 1 / 512;
const FOLLOW_AT_FIRST = 1 / 32;
const MOST = 3;
/** A gap in healthy data may be longer than the limit once in so many rows. */
const ONE_GAP_IN = 1e7;
/** ms: a silence that is shorter is no fault of its own, and a clock that is set by less has been corrected. */
const SHORTEST_SILENCE = 2000;
const SHORTEST_JUMP = 1000;
/** How long rows were held up is remembered for some hundred thousand of them. */
const HELD_FADES = 1 - 1e-5;
/** Rows without a gap after which a dropout is over, and ms, at least and at most. */
const QUIET_ROWS = 10;
const QUIET = [30_000, 60_000] as const;
/** A clock that has not gone back after so many rows and ms was set: the new time is taken. */
const ACCEPT_ROWS = 100;
const ACCEPT_MS = 60_000;

/** What is wrong with the stream as a whole. */
export interface Disturbance {
  /** When it began, by the time of the stream. */
  readonly since: number;
  /** Of a dropout its longest silence so far, of a jump how far the clock is off, ms. */
  readonly value: number;
  readonly limit: number;
}

/**
 * Follows the times of a stream: silences that are longer than its own rhythm explains, and a clock that leaps.
 *
 * A leap forwards is told from a silence by the clock that the rows arrive by: after a silence both have gone on, after a
 * leap only one. Rows that were held up and come in a bunch are neither. Where rows do not arrive as they were measured (a
 * recording that is played faster), only a time that goes backwards is a leap, until which it counts as a silence.
 */
export function createRhythm() {
  const gaps = new Float64Array(TOP);
  const firsts = new Float64Array(FIRST);
  // One array, so that it is saved whole.
  const s = new Float64Array(19);
  const [ROWS, EVERY, UNEVEN, LAST, ARRIVED, ARRIVES, HELD] = [0, 1, 2, 3, 4, 5, 6];
  const [SILENT, SILENT_SINCE, SILENT_LONGEST, SILENT_ROWS, SILENT_LATEST] = [7, 8, 9, 10, 11];
  const [OFF, OFF_SINCE, OFF_ROWS, OFF_FROM, GAP, BEGUN, MOST_HELD] = [12, 13, 14, 15, 16, 17, 18];
  s[GAP] = Infinity;
  /** Goes on from another run of the process: how long that was ago is no fault of the stream. */
  let resumed = false;

  const at = (index: number) => s[index] as number;
  const inStep = () => at(ARRIVES) > at(EVERY) / 2 && at(ARRIVES) < at(EVERY) * 2;
  const silenceLimit = () => {
    if (at(ROWS) < FIRST) return Infinity;
    const known = gaps.filter((gap) => gap > 0);
    const tail = known.length > 1 ? tailLimit(known, Math.min(at(ROWS), LEARN), ONE_GAP_IN) : 0;
    return Math.max(SHORTEST_SILENCE, at(EVERY) * (6 + 20 * at(UNEVEN)), tail);
  };
  const jumpLimit = () => Math.max(SHORTEST_JUMP, at(EVERY) * (5 + 20 * at(UNEVEN)));

  const learn = (step: number) => {
    if (at(ROWS) < FIRST) {
      firsts[at(ROWS)] = step;
      if (at(ROWS) === FIRST - 1) {
        // The longest may be a gap already.
        const usual = firsts
          .slice()
          .sort()
          .subarray(0, FIRST - 1);
        const every = usual.reduce((sum, each) => sum + each, 0) / usual.length;
        s[EVERY] = every;
        s[UNEVEN] = usual.reduce((sum, each) => sum + Math.abs(each - every), 0) / usual.length / Math.max(every, 1e-9);
        for (const each of usual) keepLargest(gaps, each);
      }
    } else {
      const every = at(EVERY);
      const counted = Math.min(step, MOST * every || step);
      s[EVERY] = every + (counted - every) * FOLLOW;
      s[UNEVEN] = at(UNEVEN) + (Math.abs(counted - every) / Math.max(every, 1e-9) - at(UNEVEN)) * FOLLOW;
      if (at(ROWS) < LEARN) keepLargest(gaps, step);
    }
    s[ROWS] = at(ROWS) + 1;
    // The limit moves slowly: it is looked at now and then.
    if ((at(ROWS) & 15) === 0 || at(ROWS) === FIRST) s[GAP] = silenceLimit();
  };

  const fallSilent = (since: number, length: number, now: number) => {
    if (at(SILENT) === 0) {
      s[SILENT] = 1;
      s[SILENT_SINCE] = since;
      s[SILENT_LONGEST] = 0;
    }
    s[SILENT_LONGEST] = Math.max(at(SILENT_LONGEST), length);
    s[SILENT_LATEST] = now;
    s[SILENT_ROWS] = 0;
  };

  const leap = (by: number, time: number) => {
    const before = at(OFF);
    const off = before + by;
    s[OFF] = Math.abs(off) <= jumpLimit() ? 0 : off;
    s[OFF_ROWS] = 0;
    s[OFF_FROM] = time - at(OFF);
    if (before === 0) s[OFF_SINCE] = at(OFF_FROM);
  };

  return {
    /** Whether anything is wrong with the stream now. */
    get disturbed(): boolean {
      return at(SILENT) === 1 || at(OFF) !== 0;
    },
    get dropout(): Disturbance | undefined {
      if (at(SILENT) === 0) return undefined;
      return { since: at(SILENT_SINCE), value: at(SILENT_LONGEST), limit: at(GAP) };
    },
    get jump(): Disturbance | undefined {
      return at(OFF) === 0 ? undefined : { since: at(OFF_SINCE), value: at(OFF), limit: jumpLimit() };
    },
    /** Of the newest row. */
    get now(): number {
      return at(LAST);
    },
    /** ms from row to row */
    get every(): number {
      return at(EVERY);
    },
    /** On the clock of arrivals; `undefined` where arrivals say nothing, or it was said. */
    get silentFrom(): number | undefined {
      if (at(SILENT) === 1 || at(GAP) === Infinity || !inStep()) return undefined;
      return at(ARRIVED) + at(GAP) + at(MOST_HELD);
    },
    /** @returns when the row was measured, as far as can be told */
    push(given: number, missing: number, arrived: number | undefined): number {
      if (!Number.isFinite(given)) return at(LAST);
      let time = given - at(OFF);
      const away = resumed && time - at(LAST) > at(GAP);
      const otherClock = resumed && arrived !== undefined && !(Math.abs(arrived - at(ARRIVED)) < at(GAP));
      resumed = false;
      if (at(BEGUN) === 0 || away) {
        s[BEGUN] = 1;
        s[LAST] = time;
        s[ARRIVED] = arrived ?? NaN;
        return time;
      }
      let step = time - at(LAST);
      const since = (arrived ?? NaN) - at(ARRIVED);
      const wait = otherClock || Number.isNaN(since) ? undefined : Math.max(0, since);
      const known = at(ROWS) >= FIRST;
      const steady = wait !== undefined && known && inStep();
      const expected = Math.max(at(EVERY), wait ?? 0);
      if (known && step < -jumpLimit()) {
        leap(step - (steady ? expected : at(EVERY)), given);
      } else if (steady && step > jumpLimit() && step - (wait ?? 0) > at(HELD) + jumpLimit()) {
        leap(step - expected, given);
      }
      time = given - at(OFF);
      step = Math.max(0, time - at(LAST));
      if (wait !== undefined) {
        // Rows that were held up may make up for it.
        s[HELD] = Math.max(0, at(HELD) * 0.999 + wait - step);
        // Rows that come a window at a time are all held up, until the next one comes.
        s[MOST_HELD] = Math.max(at(HELD), at(MOST_HELD) * HELD_FADES);
        const every = at(ARRIVES);
        // What had to wait for the reference came all at once: that is soon forgotten.
        const follow = Math.max(at(ROWS) < LEARN ? FOLLOW_AT_FIRST : FOLLOW, 1 / (at(ROWS) + 1));
        s[ARRIVES] = every === 0 ? wait : every + (Math.min(wait, MOST * Math.max(every, at(EVERY))) - every) * follow;
      }
      const lost = Math.max(step, missing * at(EVERY));
      if (lost > at(GAP)) fallSilent(at(LAST), lost, time);
      else if (at(SILENT) === 1) {
        s[SILENT_ROWS] = at(SILENT_ROWS) + 1;
        const quiet = Math.min(QUIET[1], Math.max(QUIET[0], at(SILENT_LONGEST))) + QUIET_ROWS * at(EVERY);
        if (at(SILENT_ROWS) >= QUIET_ROWS && time - at(SILENT_LATEST) > quiet) s[SILENT] = 0;
      }
      if (at(OFF) !== 0) {
        s[OFF_ROWS] = at(OFF_ROWS) + 1;
        if (at(OFF_ROWS) >= ACCEPT_ROWS && time - at(OFF_FROM) > ACCEPT_MS) {
          time = given;
          s[OFF] = 0;
        }
      }
      learn(step);
      s[LAST] = time;
      if (arrived !== undefined) s[ARRIVED] = arrived;
      return time;
    },
    /** @returns whether a silence has begun */
    silent(arrived: number): boolean {
      const from = this.silentFrom;
      if (from === undefined || arrived < from) return false;
      fallSilent(at(LAST), arrived - at(ARRIVED), at(LAST));
      return true;
    },
    state: [s, gaps, firsts] as const,
    resume(): void {
      resumed = true;
    },
  };
}

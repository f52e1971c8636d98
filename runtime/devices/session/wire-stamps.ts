import type { Clock } from '../../base/index.ts';
import { createStamps } from '../virtual/stamps.ts';

/** How much of a delay is taken for the wire's usual one with each sample: the board's own clock is never quite ours. */
const FOLLOW = 0.005;
/** ms that samples have to come late, all of them, before it is taken for a gap and not for a delivery that was held up. */
const PERSISTENT = 300;

/**
 * Dates samples that came over a wire. A board samples evenly; what it says comes in pieces and late, when the machine is
 * busy much too late. So a sample follows the one before it by the interval, unless that would be later than when it was
 * read, or what follows stays late: then samples are missing.
 */
export function createWireStamps(clock: Clock) {
  const stamps = createStamps(clock);
  let interval = 0;
  /** All times here are ms since the beginning, by a clock that nobody sets. */
  let last: number | undefined;
  let late: { readonly since: number; least: number } | undefined;

  /** @param arrived when it was read @returns when it was sampled */
  const sampled = (arrived: number): number => {
    if (last === undefined) return arrived;
    const expected = last + interval;
    const lag = arrived - expected;
    if (lag <= interval / 2) {
      late = undefined;
      return expected + Math.min(lag, Math.max(0, lag) * FOLLOW);
    }
    late ??= { since: arrived, least: lag };
    late.least = Math.min(late.least, lag);
    if (arrived - late.since < PERSISTENT) return expected;
    const { least } = late;
    late = undefined;
    return expected + least;
  };

  return {
    /** Samples come every `every` ms from now on. */
    plan(every: number): void {
      interval = every;
      last = undefined;
      late = undefined;
    },
    /** @param read when the bytes were read, ms since the epoch @returns when the sample was taken, ms since the epoch */
    next(read: number): number {
      stamps.follow();
      last = sampled(stamps.elapsed() - Math.max(0, clock.now() - read));
      return stamps.at(last);
    },
  };
}

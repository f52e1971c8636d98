import type { Clock } from '../../base/index.ts';

/** A pause between two runs that is longer is not believed: the clock was set. 30 days, ms. */
const REASON = 30 * 24 * 60 * 60 * 1000;

/**
 * How old the queue is, ms: messages grow old by it. It follows the monotonic clock, and between two runs the wall clock
 * within reason: a clock that jumps by years makes nothing old.
 *
 * @param last the age and the wall clock as they stood when something was written last
 */
export function createAgeClock(clock: Clock, last: { readonly age: number; readonly wall: number }) {
  const pause = clock.now() - last.wall;
  const start = last.age + (last.wall > 0 && pause > 0 && pause <= REASON ? pause : 0);
  const begun = clock.monotonic();
  return () => start + clock.monotonic() - begun;
}

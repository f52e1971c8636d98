import { type Clock, defineLimit } from '../base/index.ts';
import type { Log } from './log.ts';

/** How long a stop may take, ms. */
export const drainLimit = defineLimit('drain_ms', 10_000, 'Stops that ran out of time and left work undone');

/** One step of stopping, in order. */
export interface DrainStep {
  /** For the log: what was still going on when the time ran out. */
  readonly what: string;
  /** The part of the whole time that this step may take, so that the later ones get their turn. Default: all of it. */
  readonly share?: number;
  run(): unknown;
}

/**
 * Runs the steps one after the other within one time limit. A step that fails is logged and does not stop the others; when
 * the time runs out the rest is left.
 *
 * @param patience ms
 * @returns whether all steps ended in time
 */
export async function drain(steps: readonly DrainStep[], patience: number, clock: Clock, log: Log): Promise<boolean> {
  const begun = clock.monotonic();
  let inTime = true;
  for (const { what, share = 1, run } of steps) {
    const left = patience - (clock.monotonic() - begun);
    const limit = Math.max(0, Math.min(left, patience * share));
    const ended = await within(limit, clock, async () => {
      try {
        await run();
      } catch (error) {
        log.report('warn', error, what);
      }
    });
    if (ended) continue;
    inTime = false;
    drainLimit.cost();
    log.warn(`after ${limit / 1000} s of stopping left undone: ${what}`);
    if (limit === left) return false;
  }
  return inTime;
}

/** @returns whether the work ended within `limit` ms */
async function within(limit: number, clock: Clock, work: () => Promise<void>): Promise<boolean> {
  let expire: (() => void) | undefined;
  const expired = new Promise<false>((resolve) => (expire = () => resolve(false)));
  const timer = clock.after(limit, () => expire?.());
  const ended = await Promise.race([work().then(() => true), expired]);
  timer.cancel();
  return ended;
}

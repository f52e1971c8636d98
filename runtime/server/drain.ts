import { type Clock, defineLimit } from '../base/index.ts';
import type { Log } from './log.ts';

/** How long a stop may take, ms. */
export const drainLimit = defineLimit('drain_ms', 10_000, 'Stops that ran out of time and left work undone');

/** One step of stopping, in order. */
export interface DrainStep {
  /** For the log: what was still going on when the time ran out. */
  readonly what: string;
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
  let current = '';
  const walk = async () => {
    for (const { what, run } of steps) {
      current = what;
      try {
        await run();
      } catch (error) {
        log.report('warn', error, what);
      }
    }
    return true;
  };
  let expire: (() => void) | undefined;
  const expired = new Promise<false>((resolve) => (expire = () => resolve(false)));
  const timer = clock.after(patience, () => expire?.());
  const finished = await Promise.race([walk(), expired]);
  timer.cancel();
  if (!finished) {
    drainLimit.cost();
    log.warn(`stopping took longer than ${patience / 1000} s: left while ${current}`);
  }
  return finished;
}

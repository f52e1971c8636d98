import type { Clock } from '../../base/index.ts';

/** How fast the stamps follow the machine's clock when it is slewed, a step. */
const FOLLOW = 0.002;
/** ms: a smaller difference is how coarse the clock is, and must not make the stamps uneven. */
const COARSE = 2;
/** A larger difference means that the clock was set: the stamps jump with it. */
const JUMP = 1000;

/** Dates what a board reads: as evenly as it reads it, and by the machine's clock. */
export function createStamps(clock: Clock) {
  const origin = clock.monotonic();
  let epoch = clock.now();
  return {
    /** ms since the beginning. */
    elapsed: () => clock.monotonic() - origin,
    /** Follows the machine's clock; to be called now and then. */
    follow(): void {
      const wrong = clock.now() - (epoch + clock.monotonic() - origin);
      if (Math.abs(wrong) > COARSE) epoch += Math.abs(wrong) > JUMP ? wrong : wrong * FOLLOW;
    },
    /** @param elapsed ms since the beginning @returns ms since the epoch */
    at: (elapsed: number): number => Math.round(epoch + elapsed),
  };
}

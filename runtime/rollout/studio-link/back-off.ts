import type { Clock, Timer } from '../../base/index.ts';

const FIRST = 1_000;
const LONGEST = 60_000;
/** Where the studio has said no: it may be told otherwise, but not soon. */
const REFUSED = 300_000;

export interface BackOff {
  /** Resolves after a pause that grows from time to time, and at once when `wake` is called. */
  wait(refused: boolean): Promise<void>;
  /** Begins anew with the shortest pause. */
  reset(): void;
  wake(): void;
}

/** @param random 0 to 1: so that a hundred gateways do not come back in the same moment */
export function createBackOff(clock: Clock, random: () => number): BackOff {
  let failures = 0;
  let wake: () => void = () => undefined;
  return {
    wait(refused) {
      const most = Math.min(FIRST * 2 ** Math.min(failures, 10), refused ? REFUSED : LONGEST);
      failures += 1;
      return new Promise((resolve) => {
        const timer: Timer = clock.after(most * (0.5 + random() / 2), resolve);
        wake = () => {
          timer.cancel();
          resolve();
        };
      });
    },
    reset: () => void (failures = 0),
    wake: () => wake(),
  };
}

import type { Clock } from '../../base/index.ts';

/** ms between two words about how far it is. */
const PERIOD = 200;

/** Says how far it is at most five times a second: the newest of what was said between is what counts. */
export function createPulse(
  clock: Clock,
  tell: (done: number, words: string) => void,
): (done: number, words: string) => void {
  let last = -Infinity;
  let furthest = 0;
  return (done, words) => {
    furthest = Math.max(furthest, done);
    const now = clock.monotonic();
    if (now - last < PERIOD) return;
    last = now;
    tell(furthest, words);
  };
}

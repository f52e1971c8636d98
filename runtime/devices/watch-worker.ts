import type { Clock, Timer } from '../base/index.ts';
import type { Session } from './link.ts';

/** ms between questions whether the worker still runs, and how many in a row it may leave open before it counts as hung. */
const ASKED = 1000;
const CHANCES = 10;

/**
 * Asks a worker again and again whether it still runs: the session's own heartbeat stands still with its thread. Turns are
 * counted and not time: where this thread was busy, the answer waits behind the timer.
 *
 * @param hung told once, with the seconds that it has not answered
 */
export function watchWorker(session: Session, clock: Clock, hung: (seconds: number) => void): Pick<Timer, 'cancel'> {
  let timer: Timer | undefined;
  let open = 0;
  const answered = () => (open = 0);
  const look = () => {
    if (open > CHANCES) return hung(Math.round((ASKED * CHANCES) / 1000));
    if (open++ === 0) session.call('ping').then(answered, () => undefined);
    timer = clock.after(ASKED, look);
  };
  look();
  return { cancel: () => timer?.cancel() };
}

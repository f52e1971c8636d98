/** Tells whether anything is still going on within the moment. */
import { realTime } from './real-time.ts';

/** Work that was handed out of the event loop: time stands still until it has answered. */
export interface Holds {
  hold<T>(work: Promise<T>): Promise<T>;
  readonly count: number;
  /** Resolves when all have answered. */
  released(): Promise<void>;
}

export function createHolds(): Holds {
  let count = 0;
  let waiting: (() => void)[] = [];
  const leave = () => {
    count--;
    if (count > 0) return;
    const resolves = waiting;
    waiting = [];
    for (const resolve of resolves) resolve();
  };
  return {
    get count() {
      return count;
    },
    hold(work) {
      count++;
      work.then(leave, leave);
      return work;
    },
    released: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve))),
  };
}

/** What keeps a moment from ending, as Node names it: callbacks that are ready, and files that are read or written. */
const WORK = /^(Immediate|FSReq|CloseReq)/;

/** What the event loop still has to do in this moment. It costs a quarter of a microsecond to ask. */
const atWork = (): string | undefined => process.getActiveResourcesInfo().find((name) => WORK.test(name));

/** What is being waited for, for a person. */
export function busyWith(holds: Holds): string {
  if (holds.count > 0) return 'work outside the event loop has not answered';
  const work = atWork();
  if (work === undefined) return 'something waits for what never comes';
  return work === 'Immediate' ? 'messages go round without end' : 'a file is read or written without end';
}

/** Resolves when nothing more happens without time going on. */
export async function quiet(holds: Holds): Promise<void> {
  do {
    if (holds.count > 0) await holds.released();
    await realTime.turn();
  } while (holds.count > 0 || atWork() !== undefined);
}

import type { Clock } from '../../base/index.ts';
import type { Queue } from './types.ts';

/** A queue that cannot be opened is not tried again for every message, ms. */
const REOPEN = 2_000;

/** Opens the queue when it is first needed, once; after a failure again, but not at once. */
export function createOpener(open: () => Promise<Queue>, clock: Clock) {
  let attempt: Promise<Queue> | undefined;
  let failed = -Infinity;
  let queue: Queue | undefined;

  const start = async () => {
    try {
      return (queue = await open());
    } catch (error) {
      failed = clock.monotonic();
      throw error;
    }
  };

  return {
    /** Throws what the store throws. */
    get(): Promise<Queue> {
      const again = !queue && failed > -Infinity && clock.monotonic() - failed >= REOPEN;
      if (again) attempt = undefined;
      if (!attempt) failed = -Infinity;
      return (attempt ??= clock.hold(start()));
    },
    /** The queue if it is open. */
    get opened(): Queue | undefined {
      return queue;
    },
    async close(): Promise<void> {
      const open = await attempt?.catch(() => undefined);
      queue = undefined;
      await open?.close();
    },
  };
}

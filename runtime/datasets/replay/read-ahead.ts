import type { Clock } from '../../base/index.ts';

/**
 * Asks for items before they are needed, so that a message that is due does not wait for the disk. Virtual time stands still
 * while one is waited for.
 *
 * @param depth so many are asked for at a time
 */
export function readAhead<T>(items: AsyncIterator<T>, depth: number, clock: Clock) {
  const asked: Promise<IteratorResult<T>>[] = [];
  const fill = () => {
    while (asked.length < depth) {
      const next = items.next();
      // Whoever takes it gets the rejection; one that nobody takes any more must not end the process.
      next.catch(() => undefined);
      asked.push(next);
    }
  };
  return {
    next(): Promise<IteratorResult<T>> {
      if (asked.length <= depth / 2) fill();
      return clock.hold(asked.shift() as Promise<IteratorResult<T>>);
    },
    /** Lets go of what is read, when what has been asked for is there. */
    async close(): Promise<void> {
      await Promise.allSettled(asked);
      await items.return?.();
    },
  };
}

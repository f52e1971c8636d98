import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

/** ms of work, after which whatever else waits has its turn. */
const TURN = 5;

/** All pieces of a work at once. */
export function runThrough<T>(pieces: Generator<void, T>): T {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}

/** So many pieces are done at once, however long they take: small works are done where they begin. */
const AT_ONCE = 24;

/** The next pieces of a work, for about as long as others can wait. @returns what it comes to, when it is done */
export function runSome<T>(pieces: Generator<void, T>): T | undefined {
  const begun = performance.now();
  for (let count = 1; ; count++) {
    const { done, value } = pieces.next();
    if (done) return value;
    if (count >= AT_ONCE && performance.now() - begun >= TURN) return undefined;
  }
}

/** All pieces of a work, with turns for others between them. */
export async function runInTurns<T>(pieces: Generator<void, T>): Promise<T> {
  let begun = performance.now();
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
    if (performance.now() - begun < TURN) continue;
    await setImmediate();
    begun = performance.now();
  }
}

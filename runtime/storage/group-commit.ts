import { asMillraceError } from '../base/index.ts';
import type { GroupedWrite, Outcome } from './methods.ts';
import type { Write } from './statements.ts';

/** Bounds one transaction, so that a long queue of writers cannot keep the first of them waiting. */
const GROUP = 4_096;

interface Waiting extends GroupedWrite {
  resolve(changes: number): void;
  reject(error: Error): void;
}

/**
 * Collects the writes that come while a commit is under way, and commits them together as the next: the slower the
 * disk, the larger the groups.
 *
 * @param commit commits a group and says of each write what became of it
 */
export function createGroupCommit(commit: (group: readonly GroupedWrite[]) => Promise<readonly Outcome[]>) {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  const settle = ({ resolve, reject }: Waiting, outcome: Outcome | undefined) => {
    if (typeof outcome === 'number') resolve(outcome);
    else reject(asMillraceError(outcome));
  };

  const run = async () => {
    // Whatever else is asked for in this turn of the event loop still joins the first group.
    await Promise.resolve();
    while (waiting.length > 0) {
      const group = waiting.slice(0, GROUP);
      waiting = waiting.slice(GROUP);
      try {
        const outcomes = await commit(group.map(({ write, essential }) => ({ write, essential })));
        group.forEach((one, index) => settle(one, outcomes[index]));
      } catch (error) {
        for (const one of group) one.reject(asMillraceError(error));
      }
    }
    running = undefined;
  };

  return {
    add: (write: Write, essential = false) =>
      new Promise<number>((resolve, reject) => {
        waiting.push({ write, essential, resolve, reject });
        running ??= run();
      }),
    /** Resolves when nothing waits. */
    async idle(): Promise<void> {
      while (running) await running;
    },
  };
}

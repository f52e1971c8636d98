import { type Clock, defineLimit } from '../base/index.ts';
import { errors } from './errors.ts';
import { enter, leave } from './in-flight.ts';

const waiting = defineLimit('node_setup_messages', 1_000, 'Messages refused because a node was not yet set up');

export interface WorkInHand {
  /**
   * Takes a message. @returns what is to be called when it is done
   *
   * @param ready false while the node is being set up: then only so many messages may wait
   * @throws NODE_NOT_READY beyond that
   */
  take(type: string, ready: boolean): () => void;
  /** Resolves when nothing is in hand, or when patience has run out, ms. */
  finished(patience: number): Promise<void>;
}

/** The messages that one node has taken and not yet finished. */
export function workInHand(clock: Clock): WorkInHand {
  let taken = 0;
  let onFinished: (() => void) | undefined;
  return {
    take(type, ready) {
      if (!ready && taken >= waiting.value) {
        waiting.cost();
        throw errors.NODE_NOT_READY({ type, waiting: taken });
      }
      taken++;
      enter();
      return () => {
        taken--;
        leave();
        if (taken === 0) onFinished?.();
      };
    },
    finished: (patience) =>
      taken === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            const timer = clock.after(patience, resolve);
            onFinished = () => {
              timer.cancel();
              resolve();
            };
          }),
  };
}

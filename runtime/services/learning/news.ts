import type { Clock, Timer } from '../../base/index.ts';
import type { TrainingState } from '../../messages/index.ts';

/** ms between two words about one training. */
const PERIOD = 200;

/** Tells listeners at most five times a second a training, and at once of what matters. */
export interface News {
  /** @param urgent another state rather than some progress */
  tell(state: TrainingState, urgent: boolean): void;
  /** @returns a function that ends the listening */
  listen(listener: (state: TrainingState) => void): () => void;
  close(): void;
}

export function createNews(clock: Clock): News {
  const listeners = new Set<(state: TrainingState) => void>();
  const told = new Map<string, { last: number; next?: Timer; newest: TrainingState }>();
  const tellAll = (state: TrainingState) => {
    for (const listener of [...listeners]) listener(state);
  };
  return {
    tell(state, urgent) {
      const now = clock.monotonic();
      const held = told.get(state.id) ?? { last: -Infinity, newest: state };
      held.newest = state;
      told.set(state.id, held);
      if (urgent || now - held.last >= PERIOD) {
        held.next?.cancel();
        delete held.next;
        held.last = now;
        tellAll(state);
        if (state.state !== 'waiting' && state.state !== 'running') told.delete(state.id);
        return;
      }
      held.next ??= clock.after(PERIOD - (now - held.last), () => {
        delete held.next;
        held.last = clock.monotonic();
        tellAll(held.newest);
      });
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      for (const { next } of told.values()) next?.cancel();
      told.clear();
      listeners.clear();
    },
  };
}

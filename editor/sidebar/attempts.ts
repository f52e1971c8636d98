import type { Observed } from '../live/observed.ts';
import { type Trouble, troubleOf } from './notice.tsx';

/**
 * Asks of the gateway whose failure the panel shows: what goes wrong becomes the state's `trouble`, and what goes well takes
 * it away.
 *
 * @returns runs what is to be attempted, and says whether it went well
 */
export function attempts<State extends { readonly trouble?: Trouble }>(
  state: Observed<State>,
): (what: () => Promise<void>) => Promise<boolean> {
  return async (what) => {
    try {
      await what();
      const { trouble: _mended, ...rest } = state.value;
      state.set(rest as State);
      return true;
    } catch (error) {
      state.set({ ...state.value, trouble: troubleOf(error) });
      return false;
    }
  };
}

/**
 * Something that is looked at again and again while there is a reason to; never twice at a time.
 *
 * @param isNeeded whether to go on
 * @param look     takes one look, after having waited
 */
export function following(isNeeded: () => boolean, look: () => Promise<unknown>): () => Promise<void> {
  let running = false;
  return async () => {
    if (running) return;
    running = true;
    try {
      while (isNeeded()) await look();
    } finally {
      running = false;
    }
  };
}

import type { Board } from '../../../runtime/devices/index.ts';
import type { Harness } from './harness.ts';

/** Boards without a wire: the session's own twin measures its pins, and ends with its worker. */
export function simulated(kind: 'virtual' | 'emulated'): Harness {
  return {
    kind,
    stamps: 'board',
    start: () =>
      Promise.resolve({
        settings: { kind },
        options: { worker: new URL('../../runtime/devices/mortal-worker.ts', import.meta.url) },
        pin: (board: Board, name: string) => {
          const value = board.state().pins.find(({ pin }) => pin === name)?.value;
          return value === undefined ? undefined : Number(value);
        },
        async setWorld(board, change) {
          await board.setWorld(change);
        },
        // The worker dies of it, and its answer never comes.
        unplug: (board) =>
          board.setWorld({ bearing: 'worn' }).then(
            () => undefined,
            () => undefined,
          ),
        // A new worker is started by itself.
        replug: () => Promise.resolve(),
        stop: () => Promise.resolve(),
      }),
  };
}

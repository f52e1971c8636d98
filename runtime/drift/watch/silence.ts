import type { Clock, Timer } from '../../base/index.ts';
import type { Watching } from './watching.ts';

/** A sensor that falls silent is told of although no message comes. */
export interface Silence {
  /** After each message. */
  listen(watching: Watching): void;
  close(): void;
}

/**
 * @param isCurrent whether this is still what is watched with
 * @param fallen    told when there is something to say
 */
export function createSilence(
  clock: Clock,
  isCurrent: (watching: Watching) => boolean,
  fallen: (watching: Watching) => void,
): Silence {
  let timer: Timer | undefined;
  let closed = false;
  const listen = (watching: Watching) => {
    const from = watching.silentFrom;
    if (closed || timer || from === undefined) return;
    timer = clock.after(Math.max(1, from - clock.monotonic()), () => {
      timer = undefined;
      if (closed || !isCurrent(watching)) return;
      const now = watching.silentFrom;
      if (now !== undefined && now <= clock.monotonic()) fallen(watching);
      else listen(watching);
    });
  };
  return {
    listen,
    close() {
      closed = true;
      timer?.cancel();
    },
  };
}

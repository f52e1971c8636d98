import type { Clock } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { wireBytes } from '../limits.ts';
import type { WireListener } from './wire.ts';

/** Seconds' worth that may come at once: what waited while this thread was busy. */
const AT_ONCE = 4;

/**
 * Passes on what comes over a wire while it is no more than a board can send. What is no board, such as a service that sends
 * without end, would fill the memory: the worker that reads along is slower than a network.
 */
export function boardOnly(listener: WireListener, board: string, clock: Clock): WireListener {
  const most = AT_ONCE * wireBytes.value;
  let room = most;
  let last = clock.monotonic();
  let over = false;
  const lost: WireListener['lost'] = (error) => {
    if (over) return;
    over = true;
    listener.lost(error);
  };
  return {
    lost,
    bytes(bytes, time) {
      if (over) return;
      const now = clock.monotonic();
      room = Math.min(most, room + ((now - last) / 1000) * wireBytes.value) - bytes.length;
      last = now;
      if (room >= 0) return listener.bytes(bytes, time);
      wireBytes.cost(bytes.length);
      lost(errors.WIRE_FLOODED({ board, kibibytes: Math.round(wireBytes.value / 1024) }));
    },
  };
}

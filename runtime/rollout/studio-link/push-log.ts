import type { Socket } from 'socket.io-client';
import type { Clock, Timer } from '../../base/index.ts';
import { LOG_LINES, type LogLine, type LogLines, type LogRequest } from '../../messages/index.ts';
import type { Gateway } from '../types.ts';

/** ms between two pushes. */
const SPACING = 500;
/** Characters of one push, lines beyond it go with none: the newest count. */
const LONGEST = 500_000;

/** Sends log lines while somebody looks at them: some of the past, then what comes. */
export function createLogPusher(socket: Socket, gateway: Gateway, clock: Clock) {
  let until = -Infinity;
  let waiting: LogLine[] = [];
  let timer: Timer | undefined;
  let stop: (() => void) | undefined;

  const rest = () => {
    stop?.();
    timer?.cancel();
    stop = timer = undefined;
    waiting = [];
  };
  const push = () => {
    timer = undefined;
    const lines = newest(waiting);
    waiting = [];
    if (clock.monotonic() > until) return rest();
    socket.emit('lines', { lines } satisfies LogLines);
  };
  const watch = () => {
    stop ??= gateway.onLog((line) => {
      waiting.push(line);
      // More than is ever sent need not be held.
      if (waiting.length > 2 * LOG_LINES) waiting = waiting.slice(-LOG_LINES);
      timer ??= clock.after(SPACING, push);
    });
  };

  return {
    answer({ after, watch: ms }: LogRequest): LogLines {
      until = clock.monotonic() + ms;
      if (ms > 0) watch();
      else rest();
      return { lines: newest(gateway.log(after)) };
    },
    close: rest,
  };
}

/** As many of the last lines as one message may hold. */
function newest(lines: readonly LogLine[]): LogLine[] {
  let length = 0;
  const kept = lines.slice(-LOG_LINES).reverse();
  const most = kept.findIndex(({ text }) => (length += text.length + 100) > LONGEST);
  return (most < 0 ? kept : kept.slice(0, most)).reverse();
}

import type { Clock } from '../base/index.ts';
import { type LogLine, logLines, type LogRequest } from '../messages/index.ts';
import { logLimit } from './limits.ts';
import type { Line } from './line.ts';

/** For how long a gateway sends new lines after somebody has looked, ms. */
const WATCH = 30_000;

/** The last log lines of those gateways that somebody looks at. */
export interface LogTails {
  /** @param line none while the gateway is away: what is known is told then */
  read(gateway: string, after: number, line: Line | undefined): Promise<readonly LogLine[]>;
  /** Listens on a new connection. */
  follow(gateway: string, line: Line): void;
  forget(gateway: string): void;
}

interface Tail {
  lines: LogLine[];
  /** Until when the gateway sends by itself, on the line that was open then. */
  until: number;
}

export function createLogTails(clock: Clock): LogTails {
  const tails = new Map<string, Tail>();
  const tailOf = (gateway: string) => {
    const tail = tails.get(gateway) ?? { lines: [], until: -Infinity };
    tails.set(gateway, tail);
    return tail;
  };
  const add = (tail: Tail, lines: readonly LogLine[]) => {
    const newest = tail.lines.at(-1)?.sequence ?? -1;
    tail.lines.push(...lines.filter(({ sequence }) => sequence > newest));
    const over = tail.lines.length - logLimit.value;
    if (over > 0) logLimit.cost(tail.lines.splice(0, over).length);
  };

  return {
    async read(gateway, after, line) {
      const tail = tailOf(gateway);
      if (line?.open && clock.monotonic() > tail.until - WATCH / 2) {
        const request: LogRequest = { after: tail.lines.at(-1)?.sequence ?? 0, watch: WATCH };
        tail.until = clock.monotonic() + WATCH;
        add(tail, (await line.ask('log', logLines, request)).lines);
      }
      return tail.lines.filter(({ sequence }) => sequence > after);
    },
    follow(gateway, line) {
      // A new connection sends nothing by itself, and a gateway that was set up anew counts anew.
      tails.delete(gateway);
      line.hear('lines', logLines, ({ lines }) => {
        const tail = tails.get(gateway);
        if (tail) add(tail, lines);
      });
    },
    forget: (gateway) => void tails.delete(gateway),
  };
}

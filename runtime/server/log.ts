/**
 * The operator's log: one line an event, on stderr. What repeats within a minute is counted, not repeated.
 */
import { asMillraceError, type Clock, MillraceError } from '../base/index.ts';

export type LogLevel = 'info' | 'warn' | 'error';

export interface Log {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
  /** An error with code, value and hint. */
  report(level: 'warn' | 'error', error: unknown, origin?: string): void;
}

export interface LogOptions {
  readonly clock: Clock;
  readonly write: (line: string) => void;
  /** ANSI colours. */
  readonly colour?: boolean;
}

const SILENCE = 60_000;
/** Different lines remembered for counting; beyond it the oldest is forgotten, and would be written again. */
const REMEMBERED = 500;

const COLOURS = { info: '\u001B[2m', warn: '\u001B[33m', error: '\u001B[31m' } as const;

export function createLog({ clock, write, colour = false }: LogOptions): Log {
  const recent = new Map<string, { at: number; repeats: number }>();

  const line = (level: LogLevel, text: string) => {
    const key = `${level} ${text}`;
    const now = clock.monotonic();
    const before = recent.get(key);
    if (before && now - before.at < SILENCE) return void before.repeats++;
    recent.delete(key);
    recent.set(key, { at: now, repeats: 0 });
    const [oldest] = recent.keys();
    if (recent.size > REMEMBERED && oldest !== undefined) recent.delete(oldest);
    const time = new Date(clock.now()).toTimeString().slice(0, 8);
    const mark = level.padEnd(5);
    const again = before && before.repeats > 0 ? ` (${before.repeats} more in between)` : '';
    write(`${time} ${colour ? `${COLOURS[level]}${mark}\u001B[0m` : mark} ${text}${again}`);
  };

  return {
    info: (text) => line('info', text),
    warn: (text) => line('warn', text),
    error: (text) => line('error', text),
    report(level, thrown, origin) {
      line(level, describe(thrown, origin));
    },
  };
}

/** `origin: CODE: message`, and the hint on a line of its own. */
export function describe(thrown: unknown, origin?: string): string {
  const error = asMillraceError(thrown);
  const known = thrown instanceof MillraceError || error.code !== 'UNEXPECTED';
  const text = known ? `${error.code}: ${error.message}\n               ${error.hint}` : error.message;
  return origin === undefined ? text : `${origin}: ${text}`;
}

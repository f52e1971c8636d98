import type { MillraceError } from '../../base/index.ts';
import { MEMORY_END } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import type { Log } from '../log.ts';

/** Of the ceiling: where a person is told. */
const HIGH = 0.8;
/** Looks one after the other that find it too high: a short peak is no leak. */
const LOOKS = 3;

export interface MemoryWatchOptions {
  /** Bytes. */
  readonly ceiling: number;
  readonly log: Log;
  /** Called once. */
  readonly reached: (error: MillraceError) => void;
}

/** @returns to be called once a second with the bytes resident */
export function memoryWatch({ ceiling, log, reached }: MemoryWatchOptions): (rss: number) => void {
  let looks = 0;
  let over = false;
  return (rss) => {
    const values = { used: Math.round(rss / 1e6), ceiling: Math.round(ceiling / 1e6) };
    // Of what is logged again and again only the first line is written, and how often it came.
    if (rss > ceiling * HIGH) log.report('warn', errors.MEMORY_HIGH(values));
    looks = rss > ceiling * MEMORY_END ? looks + 1 : 0;
    if (over || (looks < LOOKS && rss <= ceiling)) return;
    over = true;
    const error = errors.MEMORY_CEILING(values);
    log.report('error', error);
    reached(error);
  };
}

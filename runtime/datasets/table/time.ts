import type { TimeUnit } from '../types.ts';
import { parseNumber } from './number.ts';

/** Each unit in milliseconds. */
const UNITS: Readonly<Record<string, number>> = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 };
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(ns|nanos?|nanoseconds?)$/, 'ns'],
  [/^(us|µs|μs|micros?|microseconds?)$/, 'us'],
  [/^(ms|millis?|milliseconds?|msec)$/, 'ms'],
  [/^(s|secs?|seconds?)$/, 's'],
];
/** Names of time columns, the surest first. */
const NAMES: readonly RegExp[] = [
  /^(timestamp|time|datetime|date time|ts)$/,
  /^(timestamp|time|datetime|ts|elapsed|epoch|unix)\b/,
  /^(date|epoch|unixtime|t|utc|elapsed)$/,
  /^(ms|millis|milliseconds?|us|micros|microseconds?|ns|nanoseconds?|s|sec|secs|seconds?)$/,
];

const plain = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The column whose name says that it is the time; -1 if none does. */
export function guessTimeColumn(names: readonly string[]): number {
  const simple = names.map(plain);
  for (const pattern of NAMES) {
    const found = simple.findIndex((name) => pattern.test(name));
    if (found !== -1) return found;
  }
  return -1;
}

/** The unit in a column's name, as in `time_ms` or `Time (s)`. */
export function unitOf(name: string): string | undefined {
  const last = plain(name).split(' ').at(-1) ?? '';
  return WORDS.find(([pattern]) => pattern.test(last))?.[1];
}

/** 1973 in each unit, since the epoch: what is larger is a date, what is smaller counts from some start. */
const EPOCH: readonly (readonly [number, string])[] = [
  [1e17, 'ns'],
  [1e14, 'us'],
  [1e11, 'ms'],
  [1e8, 's'],
];

/** Turns the cells of a time column to ms; undefined for a cell that is no time. */
export interface TimeReader {
  (cell: number | string): number | undefined;
  /** The times are since the epoch. Known after the first. */
  absolute: boolean;
}

/**
 * @param name of the column: it may say the unit
 * @param unit `auto`: as the name says; else by the size of the first number: times since the epoch in s, ms, µs or ns, and
 *   smaller numbers as seconds
 */
export function createTimeReader(name: string, unit: TimeUnit): TimeReader {
  let factor = unit === 'auto' ? UNITS[unitOf(name) ?? ''] : UNITS[unit];
  let first = true;
  const read = (cell: number | string): number | undefined => {
    const number = typeof cell === 'number' ? cell : parseNumber(cell);
    if (number === undefined) {
      const parsed = parseDate(String(cell));
      if (parsed !== undefined && first) reader.absolute = true;
      if (parsed !== undefined) first = false;
      return parsed;
    }
    if (!Number.isFinite(number)) return undefined;
    if (first) {
      const [, guessed = 's'] = EPOCH.find(([least]) => Math.abs(number) >= least) ?? [];
      factor ??= UNITS[guessed] ?? 1000;
      reader.absolute = Math.abs(number * factor) >= 1e11;
      first = false;
    }
    return number * (factor ?? 1000);
  };
  const reader: TimeReader = Object.assign(read, { absolute: false });
  return reader;
}

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

/**
 * An ISO 8601 date in ms since the epoch, its fraction to the nanosecond. Without a zone it is taken for UTC, so that no
 * hour is missing when summer begins.
 *
 * @example
 * parseDate('1970-01-01 00:00:01.0005'); // 1000.5
 */
export function parseDate(text: string): number | undefined {
  const [whole, day, clock = '00:00:00', fraction = '0', zone = 'Z'] = DATE.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const offset = /^(Z|UTC)$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
  const base = Date.parse(`${day}T${clock.length === 5 ? `${clock}:00` : clock}${offset}`);
  return Number.isNaN(base) ? undefined : base + Number(`0.${fraction}`) * 1000;
}

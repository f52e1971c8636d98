import { inspect } from 'node:util';

/** A value on one line, as a person reads it in a report. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value.length > LENGTH ? `${value.slice(0, LENGTH)}…` : value);
  if (typeof value === 'number') return showNumber(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  const text = inspect(value, {
    depth: 2,
    maxArrayLength: 6,
    maxStringLength: 60,
    breakLength: Infinity,
    compact: true,
  });
  return text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text;
}

const LENGTH = 160;

/** Six digits tell what happened; sixteen hide it. */
const showNumber = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));

/**
 * A duration as a person says it.
 *
 * @param ms
 *
 * @example
 * showTime(250); // '250 ms'
 *
 * @example
 * showTime(3_599_250); // '59 min 59.25 s'
 */
export function showTime(ms: number): string {
  if (ms < 1000) return `${showNumber(ms)} ms`;
  const [hours, minutes, seconds] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, (ms % 60_000) / 1000];
  const parts = [hours > 0 ? `${hours} h` : '', minutes > 0 ? `${minutes} min` : ''];
  return [...parts, seconds > 0 ? `${Number(seconds.toFixed(3))} s` : ''].filter(Boolean).join(' ');
}

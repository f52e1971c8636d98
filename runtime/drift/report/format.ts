/** Numbers and lengths of time as people write them. */
import { grouped } from '../../base/index.ts';

/**
 * About three significant digits, without an exponent where people write none.
 *
 * @example
 * figure(0.01234); // '0.012'
 *
 * @example
 * figure(-12_345); // '−12,345'
 */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e6 || size < 1e-3) return minus(value.toExponential(1).replace('e+', 'e'));
  if (size >= 1000) return minus(grouped(Math.round(value)));
  return minus(String(Number(value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3))));
}

/** With a true minus sign, and none before zero. */
const minus = (written: string) => written.replace(/^-(0(\.0*)?)$/, '$1').replace('-', '−');

/** The ends of an axis, with as many digits as tell them apart. */
export function axisEnds(low: number, high: number): [string, string] {
  const range = high - low;
  const large = Math.max(Math.abs(low), Math.abs(high)) >= 1e5;
  if (!Number.isFinite(range) || range <= 0 || large) return [figure(low), figure(high)];
  const whole = Number.isInteger(low) && Number.isInteger(high);
  const digits = whole ? 0 : Math.min(5, Math.max(0, 1 - Math.floor(Math.log10(range))));
  return [minus(low.toFixed(digits)), minus(high.toFixed(digits))];
}

/** In whole percent; only certainty is 100 %, only impossibility 0 %. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 0.9995) return '99 %';
  if (rounded === 0 && share > 0.0005) return '<1 %';
  return `${rounded} %`;
}

export const count = (value: number): string => grouped(Math.round(value));

/** `1 row`, `2,000 rows` */
export const amount = (value: number, one: string): string => `${count(value)} ${one}${value === 1 ? '' : 's'}`;

/**
 * A length of time in words.
 *
 * @example
 * lasting(7_200_000); // '2 h'
 */
export function lasting(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  const s = Math.max(0, ms) / 1000;
  if (s < 1) return `${Math.round(s * 1000)} ms`;
  if (s < 90) return `${Math.round(s)} s`;
  if (s < 90 * 60) return `${Math.round(s / 60)} min`;
  if (s < 36 * 3600) return `${Math.round(s / 3600)} h`;
  return `${Math.round(s / 86_400)} days`;
}

/**
 * A feature's or label's name as people write it.
 *
 * @example
 * plain('band_8_12_x'); // '8–12 Hz x'
 */
export const plain = (name: string): string =>
  name
    .replace(/^band_([\d.]+)_([\d.]+)(?=_)/, '$1–$2 Hz')
    .replace(/[_-]+/g, ' ')
    .trim() || name;

/** No longer than so many characters, with an ellipsis where it was. */
export function shortened(name: string, most: number): string {
  const signs = [...name];
  return signs.length <= most ? name : `${signs.slice(0, Math.max(1, most - 1)).join('')}…`;
}

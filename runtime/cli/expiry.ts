import { errors } from './errors.ts';

const DAY = 86_400_000;

/**
 * `2027-11-22` (that day's beginning, UTC) or `90d` from now.
 *
 * @returns ms since the epoch
 * @throws OPTION_INVALID also where it is past
 */
export function parseExpiry(value: string, now: number): number {
  const days = /^(\d{1,5})d?$/.exec(value)?.[1];
  const expires = days === undefined ? dateOf(value) : now + Number(days) * DAY;
  if (expires > now) return expires;
  throw errors.OPTION_INVALID({
    option: '--expires',
    value,
    expected: 'a date to come, such as 2031-11-22, or days from now, such as 90d',
  });
}

const dateOf = (value: string): number => (/^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(value) : NaN);

/** `2027-11-22` */
export const showExpiry = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** @throws OPTION_INVALID */
export function parseCount(option: string, value: string): number {
  const count = Number(value);
  if (/^\d{1,15}$/.test(value) && count > 0) return count;
  throw errors.OPTION_INVALID({ option, value, expected: 'a whole number from 1' });
}

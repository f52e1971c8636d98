import type { FalseAlarms } from '../../messages/index.ts';

/** When answers came: the first, the last and how many, as plain JSON. */
export interface StreamRate {
  first: number;
  last: number;
  count: number;
}

const HOUR = 3_600_000;
const LASTS: Readonly<Record<FalseAlarms, number>> = {
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  month: 30 * 24 * HOUR,
  year: 365 * 24 * HOUR,
};
/** Before the rate is known. */
const STANDARD = 1000;
/** Beyond these no wish means anything. */
const [FEWEST, MOST] = [10, 1e8];

export const noRate = (): StreamRate => ({ first: 0, last: 0, count: 0 });

export function keepRate(rate: StreamRate, time: number): void {
  if (rate.count === 0) rate.first = time;
  rate.last = Math.max(rate.last, time);
  rate.count++;
}

/** In how many windows of answers one false alarm is wished for, at most. */
export function windowsOf(wish: FalseAlarms | { readonly windows: number }, rate: StreamRate, window: number): number {
  if (typeof wish === 'object') return Math.max(1, wish.windows);
  const lasted = rate.last - rate.first;
  if (rate.count <= window || lasted <= 0) return STANDARD;
  const windows = LASTS[wish] / ((lasted / (rate.count - 1)) * window);
  return Math.min(MOST, Math.max(FEWEST, windows));
}

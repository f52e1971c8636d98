import { grouped } from '../../base/index.ts';
import type { DriftPromise, FalseAlarms } from '../../messages/index.ts';
import { MOST_WINDOWS } from './chunks.ts';
import { REACH } from './tail.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** ms of each */
export const SPANS: Readonly<Record<FalseAlarms, number>> = {
  hour: HOUR,
  day: DAY,
  week: 7 * DAY,
  month: 30 * DAY,
  year: 365 * DAY,
};
/** More often than once in so many windows, an alarm would say nothing. */
const OFTEN = 10;
/** Where the rate of the stream is not known, a wish in time is taken for this many windows. */
const UNKNOWN = 10_000;

/** How often a false alarm is acceptable. */
export type Wish = FalseAlarms | { readonly windows: number };

export interface Promised {
  /** Beyond its threshold in two windows in a row, each feature may lie at this rate. */
  readonly rate: number;
  readonly promise: DriftPromise;
}

/**
 * What a reference can promise of a wish. The wish is shared by all features. A reference of 100 windows knows what one in
 * 1,000 does, and so what two in a row do once in a million; with 10 windows it is one in 10,000.
 *
 * @param features  that share the wish
 * @param share     of the wish that is theirs, in (0, 1]
 * @param interval  ms from row to row; `undefined` while it is not known
 * @param rows      of the reference
 * @param window    rows
 */
export function promiseOf(
  wish: Wish,
  {
    features,
    share,
    interval,
    rows,
    window,
  }: Readonly<{ features: number; share: number; interval?: number | undefined; rows: number; window: number }>,
): Promised {
  const length = interval === undefined ? undefined : interval * window;
  const inTime = typeof wish === 'string' && length !== undefined ? SPANS[wish] / length : undefined;
  const wished = Math.max(OFTEN, typeof wish === 'string' ? (inTime ?? UNKNOWN) : wish.windows);
  const many = Math.max(1, features);
  const rate = share / (wished * many);
  const known = 1 / (REACH * Math.min(rows / window, MOST_WINDOWS)) ** 2;
  const kept = known <= rate;
  const promised = kept ? wished : Math.max(1, share / (known * many));
  const needed = Math.ceil(window * Math.min(MOST_WINDOWS, 1 / (REACH * Math.sqrt(rate))));
  const told = typeof wish === 'string' ? (length === undefined ? undefined : promised * length) : undefined;
  return {
    rate: Math.max(rate, known),
    promise: {
      ...((typeof wish !== 'string' || inTime !== undefined) && { wished }),
      promised,
      ...(length !== undefined && { promisedMs: promised * length }),
      ...(!kept && { reference: { rows, needed } }),
      words: kept
        ? `at most one false alarm ${often(wish)}`
        : `${told === undefined ? `one false alarm in ${whole(promised)} windows` : `one false alarm ${every(told)}`} (asked for: one ${often(wish)}; the reference is too short)`,
    },
  };
}

const whole = (value: number) => grouped(Math.round(value));
const often = (wish: Wish) =>
  typeof wish === 'string' ? `${wish === 'hour' ? 'an' : 'a'} ${wish}` : `in ${whole(wish.windows)} windows`;

/** In the largest unit of which it holds two, or about one: "every 3 days", "a week". */
function every(ms: number): string {
  const units = Object.entries({ minute: 60_000, ...SPANS }).reverse();
  for (const [name, span] of units) {
    if (Math.abs(ms / span - 1) < 0.1) return `${name === 'hour' ? 'an' : 'a'} ${name}`;
    if (ms >= 2 * span || name === 'minute') return `every ${Math.max(1, Math.round(ms / span))} ${name}s`;
  }
  return '';
}

import { z } from 'zod';
import type { Vitals } from '../../messages/index.ts';

/** How a bundle was over a time: what its successor is held against. */
export const measure = z.object({
  /** Of observation. */
  seconds: z.number(),
  /** Of the event loop, ms: what it stays below for 19 of 20 seconds. */
  lag: z.number(),
  errorsPerMinute: z.number(),
  missing: z.array(z.string()),
  /** The most that was taken. */
  rss: z.number(),
  /** Failures of sending while nothing was sent and every destination answered. */
  stuck: z.boolean(),
});
export type Measure = z.output<typeof measure>;

/** The first seconds of a start: nodes open, models are loaded, the loop stands still now and then. */
export const SETTLING = 20_000;
/** How long destinations that answer may take nothing, while sending fails, ms. */
export const STUCK = 60_000;

/**
 * Sums up the vitals of one start, oldest first.
 *
 * @returns nothing while there is too little to say: less than two vitals after the first 20 s
 */
export function measureOf(course: readonly Vitals[]): Measure | undefined {
  const settled = course.filter(({ uptime }) => uptime >= SETTLING);
  const [first, last] = [settled[0], settled.at(-1)];
  if (!first || !last || first === last) return undefined;
  const seconds = Math.max(0, last.uptime - first.uptime) / 1_000;
  const lags = settled.map(({ lag }) => lag).sort((a, b) => a - b);
  return {
    seconds,
    lag: lags[Math.ceil(0.95 * lags.length) - 1] ?? 0,
    errorsPerMinute: seconds > 0 ? (60 * Math.max(0, last.errors - first.errors)) / seconds : 0,
    missing: last.missing,
    rss: course.reduce((most, { rss }) => Math.max(most, rss), 0),
    stuck: isStuck(settled),
  };
}

/** For the last minute sending has failed, nothing has got through, and it is not that nobody answers. */
function isStuck(course: readonly Vitals[]): boolean {
  const last = course.at(-1);
  if (!last) return false;
  const since = course.findLast(({ uptime }) => uptime <= last.uptime - STUCK);
  if (!since) return false;
  const minute = course.slice(course.indexOf(since));
  return (
    minute.every(({ outbox }) => outbox.depth > 0 && outbox.unreachable === 0) &&
    last.outbox.failures > since.outbox.failures &&
    last.outbox.sent === since.outbox.sent
  );
}

import type { Vitals } from '../../messages/index.ts';
import { type Measure, measureOf } from './measure.ts';

export interface Health {
  readonly healthy: boolean;
  /** What is wrong, each a sentence's end: `3 vectors of pump-health fail`. */
  readonly reasons: readonly string[];
}

/** The event loop may always be so late, ms, and three times as late as with the bundle before. */
const LAG = 500;
/** So many errors a minute are always allowed, and three times as many as with the bundle before. */
const ERRORS_PER_MINUTE = 10;
const TIMES = 3;
/** A rate is judged after so many seconds … */
const ENOUGH_SECONDS = 30;
/** … or, where it is far beyond, after so many errors since the start. */
const FLOOD = 1_000;
/** How long its models may take to be checked beside the flow, ms. */
const UNCHECKED = 15 * 60_000;

/**
 * Whether a new bundle is well, by its vitals since its start. What the bundle before it had wrong is not held against it.
 * A destination that nobody answers at is the network's fault.
 *
 * @param course of this start, oldest first
 * @param before of the bundle that ran before; none at the first deploy
 */
export function judgeHealth(course: readonly Vitals[], before?: Measure): Health {
  const reasons: string[] = [];
  const last = course.at(-1);
  if (!last) return { healthy: true, reasons };

  if (last.vectors.failed.length > 0) {
    reasons.push(
      `on this machine the model ${list(last.vectors.failed)} does not give the results that it gave when it was made`,
    );
  }
  if (isUnchecked(course) && last.uptime > UNCHECKED) {
    reasons.push(`${last.vectors.pending} of its models are not checked after ${Math.round(last.uptime / 1_000)} s`);
  }
  const known = new Set(before?.missing);
  const missing = last.missing.filter((type) => !known.has(type));
  if (missing.length > 0) reasons.push(`nodes of the type ${list(missing)} are not installed`);

  const rateAllowed = Math.max(ERRORS_PER_MINUTE, TIMES * (before?.errorsPerMinute ?? 0));
  const minutes = Math.max(1, last.uptime / 60_000);
  if (last.errors >= FLOOD && last.errors / minutes > 10 * rateAllowed) {
    reasons.push(`it has had ${last.errors} errors in ${Math.round(last.uptime / 1_000)} s`);
  }
  const now = measureOf(course);
  if (!now || now.seconds < ENOUGH_SECONDS) return { healthy: reasons.length === 0, reasons };

  const lagAllowed = Math.max(LAG, TIMES * (before?.lag ?? 0));
  if (now.lag > lagAllowed) {
    reasons.push(`its event loop stands still for ${ms(now.lag)} at a time (${compared(before && ms(before.lag))})`);
  }
  if (now.errorsPerMinute > rateAllowed && reasons.length === 0) {
    reasons.push(
      `it has ${round(now.errorsPerMinute)} errors a minute (${compared(before && round(before.errorsPerMinute))})`,
    );
  }
  if (now.stuck && before?.stuck !== true) {
    reasons.push(
      `its outbox does not drain: ${last.outbox.depth} messages wait and nothing gets through, though all destinations answer`,
    );
  }
  return { healthy: reasons.length === 0, reasons };
}

/** Whether vectors of its models are still to be checked. */
export const isUnchecked = (course: readonly Vitals[]): boolean => (course.at(-1)?.vectors.pending ?? 0) > 0;

const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
const ms = (value: number) => `${Math.round(value)} ms`;
const round = (value: number) => String(Math.round(value * 10) / 10);
const compared = (before: string | undefined) =>
  before === undefined ? 'there is no bundle before it to compare with' : `${before} with the bundle before`;

/** When a destination may send, and how much: asked before every batch. */
import type { Lane } from '../schema.ts';

/** What waits in a lane just now and is not under way. */
export interface Waiting {
  readonly lane: Lane;
  readonly messages: number;
  /** Of JSON. */
  readonly bytes: number;
  /** Of the oldest, ms. */
  readonly age: number;
  /** How many of the lane were handed out before it: falls back by those that have to be sent again. */
  readonly position: number;
  /** Size of the first, bytes; 0 while it has not been read. */
  readonly first: number;
  /** It counts, but is not to be chosen: it has to be read, or something has to be sent again before it. */
  readonly blocked?: boolean;
}

/** A reason to wait while nothing is wrong. */
export type HoldReason = 'batch' | 'schedule' | 'budget' | 'bandwidth';

/** Look again at `at` (ms of the monotonic clock); `until` is for people, ms since the epoch. */
export interface Hold {
  readonly at: number;
  readonly reason: HoldReason;
  readonly until?: number;
}

/** How much may go out at once: of either as much as fits, but at least one message. */
export interface Share {
  readonly messages: number;
  readonly bytes: number;
}

/** Send up to so much now, or look again later. */
export type Verdict = { readonly send: Share } | Hold;

export interface Policy {
  /** Of the lanes that have something, which is next, and how much of it. */
  next(waiting: readonly Waiting[]): { readonly lane: Lane; readonly verdict: Verdict } | undefined;
  /** So many bytes go out on the wire. Less than nothing, where it was less than had been thought. */
  spent(lane: Lane, bytes: number): void;
}

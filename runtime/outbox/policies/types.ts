/** When a destination may send, and how much: asked before every batch. */
import type { Lane } from '../schema.ts';

/** What waits in a lane just now. */
export interface Waiting {
  readonly lane: Lane;
  readonly messages: number;
  /** Of JSON. */
  readonly bytes: number;
  /** Of the oldest, ms. */
  readonly age: number;
}

/** Send up to so much now, or look again at `at` (ms of the monotonic clock; `Infinity`: when something changes). */
export type Verdict =
  | { readonly send: { readonly messages: number; readonly bytes: number } }
  | { readonly at: number; readonly reason: 'batch' | 'schedule' | 'budget' | 'bandwidth' };

export interface Policy {
  /** Of the lanes that have something, which is next, and how much of it. */
  next(waiting: readonly Waiting[]): { readonly lane: Lane; readonly verdict: Verdict } | undefined;
  /** So many bytes went out on the wire. */
  spent(bytes: number): void;
}

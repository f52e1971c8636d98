import type { PlainError } from '../base/index.ts';

/** What a worker can be asked: plain functions, by name. Arguments and results are structured-cloned. */
// A method's own types are kept by the caller; here any function will do.
export type Methods = Record<string, (...args: never[]) => unknown>;

export interface CallMessage {
  readonly call: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** Nobody waits for an answer. */
export interface CompactMessage {
  readonly compact: true;
}

export type WorkerMessage =
  | { readonly ready: true }
  | { readonly answer: number; readonly value: unknown }
  | { readonly answer: number; readonly error: PlainError }
  | { readonly event: unknown };

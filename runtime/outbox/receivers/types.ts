import type { Range } from './ranges.ts';

/** What a receiver holds of one stream of a gateway. */
export interface Held {
  readonly stream: string;
  /** Sequences, in order and apart. */
  readonly ranges: readonly Range[];
  /** Messages that it holds more than once, each time more. */
  readonly repeats: number;
  /** What it was told will never come, merged. */
  readonly gaps: readonly Range[];
}

export interface Holdings {
  /** Of the gateway that was asked for. */
  readonly streams: readonly Held[];
  /** Of whom it holds anything, at most a few: for who asks for the wrong one. */
  readonly gateways: readonly string[];
  /** Files or objects that could not be read. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

export interface ReceiverOptions {
  readonly gateway: string;
  /** Of a database. */
  readonly table: string;
  /** Of a server that proves itself by an authority of one's own: its certificate, PEM. */
  readonly ca: string;
  /** Of an object store; empty: Amazon's own. */
  readonly endpoint: string;
  readonly region: string;
}

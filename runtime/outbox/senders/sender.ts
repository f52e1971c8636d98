import type { Clock, MillraceError } from '../../base/index.ts';
import type { Outgoing } from '../queue/deliverables.ts';

export type { Outgoing } from '../queue/deliverables.ts';

/** What a sender is told of where it stands. */
export interface SenderContext {
  readonly gateway: string;
  /** The destination's id. */
  readonly destination: string;
  readonly clock: Clock;
  /** Aborted when the destination is no longer served: an attempt to connect is to be given up. */
  readonly signal: AbortSignal;
  /** To be called once when the connection breaks: what was not acknowledged is sent again over the next. */
  lost(error: MillraceError): void;
}

/** An open connection. It is used once: after `lost` or `close` the outbox asks for a new one. */
export interface Connection {
  /** The most messages of one `send`. */
  readonly batch: number;
  /** How many `send`s may be under way. They are called in order, and must arrive in order. */
  readonly window: number;
  /**
   * Resolves when the destination has acknowledged all of them; holds the clock meanwhile. Rejects if it refuses them, or the connection breaks.
   */
  send(messages: readonly Outgoing[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects to a destination of one kind: all that has to be written for a new kind.
 *
 * @throws a coded error if there is no connection; it is tried again later
 */
export type Sender<Settings> = (settings: Settings, context: SenderContext) => Promise<Connection>;

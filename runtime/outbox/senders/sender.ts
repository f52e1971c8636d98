import { type Clock, MillraceError } from '../../base/index.ts';
import type { Gap } from '../../messages/index.ts';
import type { Lane } from '../schema.ts';

/** One message on the wire. */
export interface Outgoing {
  readonly stream: string;
  /** Of its key; of a gap its last. */
  readonly sequence: number;
  /** When the outbox took it, ms since the epoch. */
  readonly time: number;
  /** The wire form: JSON with its key. */
  readonly body: string;
  /** It stands in the place of messages that will never come. */
  readonly gap?: Gap;
}

/** What goes out together and is acknowledged together. */
export interface Batch {
  /**
   * Where in the queue it begins: `live-000000000017-000003`. A batch that is sent again begins at the same place and so
   * has the same name: whoever keeps it under its name keeps it once.
   */
  readonly name: string;
  readonly lane: Lane;
  /** At least one, in order. */
  readonly messages: readonly Outgoing[];
}

/** What a sender is told of where it stands. */
export interface SenderContext {
  readonly gateway: string;
  /** The destination's id. */
  readonly destination: string;
  /** Relative paths are taken from here. */
  readonly userDir: string;
  readonly clock: Clock;
  /** Aborted when the destination is no longer served: an attempt to connect is to be given up. */
  readonly signal: AbortSignal;
  /**
   * To be told where what goes out is not the JSON itself: the bytes of a document, compressed or not. Budgets and caps
   * count by it; without it by the JSON.
   */
  readonly wire?: (batch: Batch, bytes: number) => void;
  /** To be called once when the connection breaks: what was not acknowledged is sent again over the next. */
  lost(error: MillraceError): void;
  /** Something that a person should know and that keeps nothing from being sent. */
  warn?(warning: MillraceError): void;
}

/** An open connection. It is used once: after `lost` or `close` the outbox asks for a new one. */
export interface Connection {
  /** What one `send` may hold. `bytes` is of JSON. */
  readonly most: { readonly messages: number; readonly bytes: number };
  /**
   * How many `send`s may be under way. They are called in order, and must arrive in order. More than one at a time of
   * several messages each is only for a connection that takes nothing after one that it refused (what is left of the
   * refused one is sent again before anything else, and the order is kept), or that took the rest of it.
   */
  readonly window: number;
  /**
   * Resolves when the destination itself has acknowledged all of them; holds the clock meanwhile. Rejects with a coded
   * error: with MessagesRefused where the destination will never take them, else they are sent again over a new
   * connection, not before RetryLater says so.
   */
  send(batch: Batch): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects to a destination of one kind: all that has to be written for a new kind.
 *
 * @throws a coded error if there is no connection; it is tried again later
 */
export type Sender<Settings> = (settings: Settings, context: SenderContext) => Promise<Connection>;

/**
 * The destination answered that it will not take these messages however often they come: a value that its schema forbids, a
 * body that is too large. They become dead letters; what cannot be told apart is sent again one by one first.
 */
export class MessagesRefused extends Error {
  readonly reason: MillraceError;
  /** Which of the batch, by index; `undefined`: the destination did not say. */
  readonly indices: readonly number[] | undefined;
  /** What became of those that are not named: they are to be sent `again`, or the destination has acknowledged them. */
  readonly rest: 'again' | 'taken';

  constructor(reason: MillraceError, indices?: readonly number[], rest: 'again' | 'taken' = 'again') {
    super(reason.message, { cause: reason });
    this.name = 'MessagesRefused';
    this.reason = reason;
    this.indices = indices;
    this.rest = rest;
  }
}

/** The destination itself said when to come again: it is not tried before. */
export class RetryLater extends MillraceError {
  /** Ms from now. */
  readonly after: number;

  constructor(reason: MillraceError, after: number) {
    super(reason, { cause: reason });
    this.after = after;
  }
}

import type { Clock, MillraceError } from '../base/index.ts';
import type { UploadKey } from '../messages/index.ts';
import type { TargetSettings } from './schema.ts';

export type { TargetSettings } from './schema.ts';

export interface OutboxOptions {
  /** Where the queue lies; made if missing. Nothing is opened before the first destination needs it. */
  readonly directory: string;
  /** The id of this gateway, made at first start: part of every key. */
  readonly gateway: string;
  readonly clock: Clock;
  /** The most messages that may wait, over all destinations. More are refused with OUTBOX_FULL. */
  readonly maxMessages?: number;
  /** The most bytes that may wait. */
  readonly maxBytes?: number;
  /** The largest message as JSON, in bytes. */
  readonly maxMessageBytes?: number;
}

/** What a view shows of a destination. Kept in memory: asking costs nothing. */
export interface DestinationState {
  readonly id: string;
  /** Some node sends to it now. A backlog that nobody serves is kept until somebody does. */
  readonly served: boolean;
  readonly connected: boolean;
  /** Messages on disk that the destination has not acknowledged. */
  readonly depth: number;
  /** Their size, bytes of JSON. */
  readonly bytes: number;
  /** Acknowledged since the process started. */
  readonly sent: number;
  /** Age of the oldest that waits, ms; 0 if none waits. */
  readonly oldestMs: number;
  /** Records found damaged since the process started; the receiver is told of each as a gap. */
  readonly damaged: number;
  /** What keeps it from sending, while it does. */
  readonly problem: MillraceError | undefined;
}

/** Where messages go: served as long as one handle is open. Its backlog outlives it. */
export interface Destination {
  readonly id: string;
  /** Where it sends, without secrets: `127.0.0.1:1885`, `mqtts://broker.example`. */
  readonly address: string;
  /** Opens the queue and begins to send, even if nothing has been put yet. What fails shows in the state. */
  start(): void;
  /** As `Outbox.put`. */
  put(stream: string, message: Readonly<Record<string, unknown>>): Promise<UploadKey>;
  state(): DestinationState;
  /** Calls back now and after changes, at most four times a second. @returns a function that ends it */
  onState(listener: (state: DestinationState) => void): () => void;
  /** Stops sending when the last handle is closed. What waits stays on disk. */
  close(): Promise<void>;
}

/**
 * Store and forward. A message is on disk before `put` resolves, and leaves it when its destination has acknowledged
 * it: at least once, in order per stream.
 */
export interface Outbox {
  /**
   * Serves a destination: sends what waits under this id, and what is put from now on. The id stands for the
   * destination through renames and changed settings; the settings given last hold.
   *
   * @throws TARGET_INVALID
   */
  destination(id: string, settings: TargetSettings): Destination;
  /** The built-in broker on its default port: where messages go for which no target was chosen. */
  standard(): Destination;
  /**
   * Takes a message. Resolves with its key when it is on disk.
   *
   * @throws UPLOAD_UNSERIALISABLE, UPLOAD_TOO_LARGE, STREAM_INVALID, OUTBOX_FULL, OUTBOX_CLOSED, and the store's errors
   */
  put(destination: string, stream: string, message: Readonly<Record<string, unknown>>): Promise<UploadKey>;
  /** Every destination that is served or has a backlog. */
  destinations(): readonly DestinationState[];
  /**
   * Each warning is handed to one listener that it concerns, the first, once: STORE_QUARANTINED of the store,
   * BACKLOG_UNSERVED of a destination. What came before anybody listened is handed over at once.
   *
   * @param destination hear only of this one and of the store
   * @returns a function that ends the listening
   */
  onWarning(listener: (warning: MillraceError) => void, destination?: string): () => void;
  /** Puts on disk what was taken, stops sending, and lets go of every port, timer and thread. */
  close(): Promise<void>;
}

import type { Clock, MillraceError } from '../base/index.ts';
import type { Protector } from '../keys/index.ts';
import type { DestinationRow, Ledger, UploadKey } from '../messages/index.ts';
import type { DeadLetter, Usage } from './queue/types.ts';
import type { Lane, Target, TargetSettings, TargetType } from './schema.ts';
import type { Sender } from './senders/index.ts';

export type { TargetSettings } from './schema.ts';

export interface OutboxOptions {
  /** Where the queue lies; made if missing. Nothing is opened before the first destination needs it. */
  readonly directory: string;
  /** The id of this gateway, made at first start: part of every key. */
  readonly gateway: string;
  readonly clock: Clock;
  /** Relative paths of targets are taken from here. Default: the directory above the outbox's. */
  readonly userDir?: string;
  /** Protects the fields that targets name. Default: with keys of its own in the outbox's directory. */
  readonly protector?: Protector;
  /** The most messages that may wait, over all destinations. More are refused with OUTBOX_FULL. */
  readonly maxMessages?: number;
  /** The most bytes that the outbox may take on disk, its log and reserve included. */
  readonly maxBytes?: number;
  /** The largest message as JSON, in bytes. */
  readonly maxMessageBytes?: number;
  /** What connects to a target. Default: the senders. */
  readonly connect?: Sender<Target>;
  /** The thread of stores that its queue shares. Default: one of its own, so that no other store keeps a message waiting. */
  readonly thread?: string;
  /** An IANA name, for the schedules of targets. Default: the machine's own. */
  readonly timezone?: string;
}

/** What a view shows of a destination. Kept in memory: asking costs nothing. */
export interface DestinationState {
  readonly id: string;
  /** Some node sends to it now. A backlog that nobody serves is kept until somebody does. */
  readonly served: boolean;
  /** Of the target that serves it, or did so last: where it sends, without secrets, and its kind. */
  readonly address?: string | undefined;
  readonly kind?: TargetType | undefined;
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
  /** Since when something has kept it, ms since the epoch: attempts may fail for several reasons one after the other. */
  readonly problemSince?: number | undefined;
  /** Somebody paused it; kept over restarts. */
  readonly paused: boolean;
  /** What it waits for while nothing is wrong, and until when, ms since the epoch. */
  readonly holding:
    { readonly reason: 'batch' | 'schedule' | 'budget' | 'bandwidth'; readonly until?: number } | undefined;
  readonly lanes: readonly { readonly lane: Lane; readonly depth: number }[];
  /** Acknowledged messages a second, over the last ten seconds. */
  readonly rate: number;
  /** Of the last acknowledgement, ms since the epoch. */
  readonly acknowledgedAt: number | undefined;
  /** Dropped by a policy, or damaged, since the process started, by reason; the receiver is told of each as a gap. */
  readonly dropped: readonly { readonly reason: string; readonly messages: number }[];
  /** Kept because the destination refused them. */
  readonly dead: number;
  /** Attempts that failed one after the other, and when the next is made, ms since the epoch. */
  readonly failures: number;
  readonly retryAt: number | undefined;
  /**
   * `open`: after many failures it is tried seldom. `half-open`: one message is on trial; when it is acknowledged the
   * circuit closes.
   */
  readonly circuit: 'closed' | 'open' | 'half-open';
}

/** From `time` on, ms since the epoch, so many messages waited. */
export interface DepthPoint {
  readonly time: number;
  readonly depth: number;
}

/** What the outbox itself does not know is the name that people gave the target. */
export type PlainDestination = Omit<DestinationRow, 'name'>;

export interface PutOptions {
  /** Default: `live`. */
  readonly lane?: Lane;
  /** How long it may wait, ms; 0: for ever. What has waited longer is dropped, and told to the receiver as a gap. */
  readonly ttl?: number;
}

/** Where messages go: served as long as one handle is open. Its backlog outlives it. */
export interface Destination {
  readonly id: string;
  /** Where it sends, without secrets: `127.0.0.1:1885`, `mqtts://broker.example`. */
  readonly address: string;
  /** It keeps messages in a table by their key: a message that has a key keeps it on its way there. */
  readonly keepsKeys: boolean;
  /** Opens the queue and begins to send, even if nothing has been put yet. What fails shows in the state. */
  start(): void;
  /** As `Outbox.put`. */
  put(stream: string, message: Readonly<Record<string, unknown>>, options?: PutOptions): Promise<UploadKey>;
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
   * @throws UPLOAD_UNSERIALISABLE, UPLOAD_TOO_LARGE, STREAM_INVALID, OUTBOX_FULL, OUTBOX_CLOSED, the store's errors, and
   * those of the keys where the target protects fields
   */
  put(
    destination: string,
    stream: string,
    message: Readonly<Record<string, unknown>>,
    options?: PutOptions,
  ): Promise<UploadKey>;
  /** Every destination that is served or has a backlog. */
  destinations(): readonly DestinationState[];
  /** Stops and resumes the sending to a destination; messages are taken meanwhile. Kept over restarts. */
  setPaused(destination: string, paused: boolean): Promise<void>;
  /** What destinations refused, oldest first: at most `limit` (default 100) behind the letter `after`. */
  deadLetters(options?: { destination?: string; after?: number; limit?: number }): Promise<readonly DeadLetter[]>;
  /** Sends dead letters again, with their key; all of the destination's, or some. @returns how many */
  retryDead(destination: string, letters?: readonly number[]): Promise<number>;
  /** Deletes dead letters; the receiver is told of a gap. @returns how many */
  removeDead(destination: string, letters?: readonly number[]): Promise<number>;
  /** What each receiver must hold. */
  ledger(): Promise<Ledger>;
  usage(): Promise<Usage>;
  /** Every destination as plain data, with what waited over the last hour: for views and files. */
  rows(): readonly PlainDestination[];
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

/** What a recording is, to those who write, read and play one. */
import type { Clock, MillraceError } from '../base/index.ts';
import type { RECORD_FORMATS, TIME_UNITS } from './schema.ts';

/** One message with its place in time. */
export interface RecordedMessage {
  /** ms since the recording's start; it never goes back */
  readonly at: number;
  readonly message: Record<string, unknown>;
}

/** What Millrace writes: JSONL for small ones and for people, Parquet for long ones. */
export type RecordingFormat = 'jsonl' | 'parquet';
/** What Millrace reads. */
export type ReadableFormat = RecordingFormat | 'csv';

/** What one reading of a recording has met so far. */
export interface ReadingCounts {
  /** Messages handed out. */
  messages: number;
  /** Rows or lines that hold what cannot be read: a text where a number belongs, a broken line. They are left out. */
  refused: number;
  /** Rows that say an earlier time than the row before; they come at the time of the row before. */
  backwards: number;
  /** Cells without a value. The channel is missing in that message. */
  empty: number;
}

/** A recording that can be read, from its beginning, as often as one likes. Bounded memory whatever its size. */
export interface Recording {
  readonly name: string;
  readonly format: ReadableFormat;
  /** Absolute paths, in order. */
  readonly files: readonly string[];
  /** ms since the epoch, where the recording says it */
  readonly started?: number;
  /**
   * The messages in order. Rows that cannot be read are left out and counted; how many there were and which came first is
   * in `problems` as soon as it is known.
   *
   * @throws RECORDING_UNREADABLE, RECORDING_NO_TIME, RECORDING_EMPTY and the like where nothing can be read at all
   */
  messages(): AsyncIterableIterator<RecordedMessage>;
  /** Of the newest reading. */
  readonly counts: Readonly<ReadingCounts>;
  /** Of the newest reading: at most one error of each code, complete when the reading has ended. */
  readonly problems: readonly MillraceError[];
}

/** How to read what others wrote. Everything is guessed where it is not said. */
export interface ReadOptions {
  /** Name of the column that holds the time. */
  readonly timeColumn?: string;
  /** What the time column counts in. */
  readonly timeUnit?: TimeUnit;
  /** Rows a second, of a file without a time column. */
  readonly rate?: number;
  /** Of CSV: between the cells. */
  readonly delimiter?: string;
}

export type TimeUnit = (typeof TIME_UNITS)[number];

/** One recording of the list. */
export interface RecordingEntry {
  /** Opens, reads and removes it: `pump@20261121-054012`, or the name of a file that somebody put there. */
  readonly name: string;
  /** Without the time at which it was taken: `pump`. The newest of a title can be opened by the title. */
  readonly title: string;
  readonly format: ReadableFormat;
  readonly files: number;
  readonly bytes: number;
  /** Where it is known without reading everything. */
  readonly messages?: number;
  /** ms since the epoch */
  readonly started?: number;
  /** It is being written. */
  readonly open: boolean;
  /** It came with Millrace or an extension and cannot be removed. */
  readonly shipped: boolean;
  /** Why it cannot be opened. */
  readonly problem?: string;
}

export interface RecordOptions {
  /** Letters, digits, spaces, `-`, `_` and `.`; each start makes a new recording under it. */
  readonly name: string;
  /** `auto`: files that have grown beyond a megabyte become Parquet, small ones stay JSONL. */
  readonly format: (typeof RECORD_FORMATS)[number];
  /** A file that has grown to so many bytes is closed, and the next one begun. */
  readonly maxBytes: number;
  /** Files kept under this name; the oldest is removed for a new one. */
  readonly maxFiles: number;
  /** Who writes it, for people: the name of a node. */
  readonly source?: string;
  /** Told of what happens after `write` has returned: a full disk. Told once until writing works again. */
  readonly failed?: (error: MillraceError) => void;
}

export interface RecorderState {
  readonly messages: number;
  /** On disk and on the way there, of all files of this recording. */
  readonly bytes: number;
  readonly files: number;
  /** Messages lost: to files removed, to a full disk, to a full write buffer. */
  readonly dropped: number;
  /** `req`, `res` and other properties of Node-RED's own that were left out. */
  readonly leftOut: number;
}

export interface Recorder {
  /** What `open`, `read` and `remove` know it by. */
  readonly name: string;
  readonly state: RecorderState;
  /**
   * Takes a message. It is on disk within a quarter of a second, or when `flush` resolves.
   *
   * @param at ms since the recording's start; else: now
   * @throws RECORDING_UNWRITABLE if the message holds what has no written form: a function, a BigInt, a circle
   */
  write(message: Readonly<Record<string, unknown>>, at?: number): void;
  /** Resolves when everything taken so far is in the file. */
  flush(): Promise<void>;
  /** Writes what is left, finishes the file, and lets go. */
  close(): Promise<void>;
}

export interface Recordings {
  readonly directory: string;
  /**
   * Begins a recording.
   *
   * @throws RECORDING_NAME, RECORDING_BUSY, RECORDING_DISK_FULL, RECORDING_DIRECTORY
   */
  record(options: RecordOptions): Promise<Recorder>;
  /** Newest first. */
  list(): Promise<RecordingEntry[]>;
  /**
   * @param name of an entry, a title (its newest recording), or a path to a file
   * @throws RECORDING_MISSING, RECORDING_UNREADABLE
   */
  open(name: string, options?: ReadOptions): Promise<Recording>;
  /**
   * @throws RECORDING_MISSING; RECORDING_BUSY while it is being written; RECORDING_SHIPPED
   */
  remove(name: string): Promise<void>;
  /**
   * The recording as one file to keep elsewhere: as it is where it is one file, else as JSONL.
   *
   * @throws RECORDING_MISSING
   */
  read(name: string): Promise<Download>;
  /**
   * Plays a recording, by name or path.
   *
   * @throws as `open`; RECORDING_REPLAY_SPEED
   */
  replay(name: string, options: Omit<ReplayOptions, 'recording' | 'clock'> & ReadOptions): Promise<Replay>;
  /** Pauses every replay: no new messages enter the flows. */
  pause(): void;
  /** Closes every replay and every recorder. */
  close(): Promise<void>;
}

export interface Download {
  readonly fileName: string;
  readonly type: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A factor of real time, as fast as the receiver takes it, or message by message. */
export type ReplaySpeed = number | 'fast' | 'step';

export interface ReplayOptions {
  readonly recording: Recording;
  readonly clock: Clock;
  /** 1: as it was; 10: ten times as fast. From 0.1 to 1000. */
  readonly speed: ReplaySpeed;
  /** Begins again when it has ended. */
  readonly loop?: boolean;
  /** `shift` (default): `time` is moved so that the recording begins now, spacing kept; `keep`: as recorded. */
  readonly times?: 'shift' | 'keep';
  readonly send: (message: Record<string, unknown>) => void;
  /** Back-pressure, asked between batches of a fast replay: resolves when there is room for more. */
  readonly room?: () => Promise<void>;
  /** The state has changed by something other than a message. */
  readonly changed?: (state: ReplayState) => void;
}

export interface ReplayState {
  readonly phase: 'waiting' | 'playing' | 'paused' | 'ended' | 'failed';
  /** Of this round. */
  readonly messages: number;
  /** ms since the recording's start, of the newest message sent */
  readonly at: number;
  /** How often it has begun again. */
  readonly rounds: number;
  readonly error?: MillraceError;
  /** ms that messages were sent after their time; 0 where nothing has been timed. */
  readonly lateness: { readonly p50: number; readonly p99: number; readonly max: number };
}

export interface Replay {
  readonly state: ReplayState;
  /** Plays from the beginning; goes on, if it was paused. */
  start(): void;
  pause(): void;
  /** Sends the next message, or so many of them, and stays paused. */
  step(count?: number): void;
  /** Back to the beginning, and silent. */
  stop(): void;
  /**
   * Does what a message says: `start`, `pause`, `step` or `stop`.
   *
   * @throws RECORDING_REPLAY_COMMAND
   */
  control(command: unknown): void;
  /** What is played. */
  readonly recording: Recording;
  /** Resolves when it has ended, failed or been stopped. */
  finished(): Promise<void>;
  /** Stops, and lets go of the files. */
  close(): Promise<void>;
}

export interface RecordingsOptions {
  /** Made when the first recording begins. */
  readonly directory: string;
  readonly clock: Clock;
  /** Read-only directories of recordings that come with Millrace. Those that do not exist are passed over. */
  readonly shipped?: readonly string[];
}

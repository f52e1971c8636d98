import type { ReadingPayload } from '../../messages/index.ts';

/** Why a value was left out. */
export type Reason =
  | 'invalid'
  | 'late'
  /** The reading's unit could not be converted. */
  | 'unit'
  | 'range'
  | 'outliers'
  | 'duplicates'
  | 'deadband'
  /** It went into a summary. */
  | 'aggregate'
  | 'compress';

/** A value of one channel on its way through the steps. */
export interface Point {
  readonly value: number;
  /** ms since the epoch */
  readonly time: number;
  /** The message that it came with. */
  readonly origin: Origin;
  /** Whether it came as a plain number, and leaves as one. */
  readonly plain?: boolean;
  /** What a step has converted it to. */
  readonly unit?: string;
  /** Of a summary: when its period began, ms since the epoch. */
  readonly start?: number;
  /** Of several summaries of one channel: which one. */
  readonly summary?: string;
}

/** What a step may know of the message that a value came with. */
export interface Origin {
  readonly id?: string | undefined;
  readonly unit?: string | undefined;
}

/** One step for one channel. */
export interface ChannelStep {
  /** Takes a value and passes on what is to go on, now or with a later one. */
  take(point: Point, pass: (point: Point) => void): void;
  /** Passes on what is held back. */
  flush?(pass: (point: Point) => void): void;
  /** Values that are held back; none where there is no such property. */
  readonly held?: number;
  /** Throws for a reading that it could not take, before any step has taken some of it. */
  check?(origin: Origin): void;
}

/** Counts values that are left out. */
export type Drop = (reason: Reason, values?: number) => void;

/** A reading as it comes in. `O` is the message, which is handed back with what is sent of it. */
export interface GroomReading<O extends Origin = Origin> {
  readonly payload: ReadingPayload;
  /** ms since the epoch */
  readonly time: number;
  readonly origin: O;
}

/** A reading that goes on: what is left of one, or a summary of several. */
export interface Groomed<O extends Origin = Origin> {
  readonly payload: ReadingPayload;
  readonly time: number;
  readonly origin: O;
  /** The unit of all its values, where a step has converted them; `null`: they no longer have one in common. */
  readonly unit?: string | null;
  /** Of a summary: when its period began, ms since the epoch. */
  readonly start?: number;
}

/** In values, not in readings: a reading of three channels counts three. Of those that went into a summary, the summary is sent. */
export interface GroomCounts {
  readonly taken: number;
  readonly sent: number;
  readonly dropped: Readonly<Record<Reason, number>>;
  /** Taken, and neither sent nor left out yet. */
  readonly held: number;
}

export interface Groom<O extends Origin = Origin> {
  /** @throws READING_NOT_NUMERIC, UNIT_UNKNOWN, UNIT_MISMATCH */
  take(reading: GroomReading<O>): readonly Groomed<O>[];
  /** What is held back, at the end of the stream. */
  flush(): readonly Groomed<O>[];
  readonly counts: GroomCounts;
}

/** So many late values in a row are no stragglers: the source's clock was set back. */
export const PATIENCE = 10;

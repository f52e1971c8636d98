import type { ReadingPayload, WindowPayload } from '../../messages/index.ts';

/** What a window's edge is decided by. */
export type Cut = 'count' | 'time' | 'trigger';
/** How readings that bring one channel each become samples of all of them. */
export type Align = 'none' | 'hold' | 'interpolate';
/** What becomes of a window that a gap would lie in. */
export type OnGap = 'mark' | 'restart' | 'drop';
export type Direction = 'rising' | 'falling' | 'either';

export interface WindowSettings {
  readonly cut: Cut;
  /** Of `count`: samples in a window. */
  readonly length: number;
  /** Of `count`: samples from the start of one window to the start of the next. */
  readonly stride: number;
  /** Of `time`: seconds that a window lasts. */
  readonly seconds: number;
  /** Of `time`: seconds from the start of one window to the start of the next. */
  readonly every: number;
  /** Of `trigger`: samples before the one that triggers. */
  readonly before: number;
  /** Of `trigger`: samples from the one that triggers on, itself included. */
  readonly after: number;
  /** Of `trigger`: what triggers besides `WindowAssembler.trigger` and flagged samples; absent: nothing. */
  readonly crossing?: Crossing | undefined;
  /** Samples a second; 0: estimated from the times of the samples. */
  readonly rate: number;
  /** The channels, in order; empty: those of the first reading. */
  readonly channels: readonly string[];
  readonly align: Align;
  /** Of `align`, ms: how old a held value may be, or how far apart the two that are interpolated between. */
  readonly tolerance: number;
  /** ms that a reading may come late and is still put in its place. */
  readonly reorder: number;
  /** ms between neighbours that still belong together; 0: three sample periods. */
  readonly maxGap: number;
  readonly onGap: OnGap;
  /** Samples a second that the window has, whatever the readings have; 0: as they come. */
  readonly resample: number;
}

/** A channel passes a level. */
export interface Crossing {
  /** Empty: the first one. */
  readonly channel: string;
  readonly level: number;
  readonly direction: Direction;
}

export const STANDARD: WindowSettings = {
  cut: 'count',
  length: 100,
  stride: 25,
  seconds: 1,
  every: 1,
  before: 50,
  after: 50,
  rate: 0,
  channels: [],
  align: 'none',
  tolerance: 1000,
  reorder: 0,
  maxGap: 0,
  onGap: 'mark',
  resample: 0,
};

/** One reading: the values that were taken at one instant, or a batch of them. */
export interface Sample {
  /** A batch has arrays of one length: `{x: [1, 2, 3], y: [4, 5, 6]}`. */
  readonly payload: ReadingPayload | Readonly<Record<string, ArrayLike<number>>>;
  /** ms since the epoch; of a batch without `times`, of its last sample. */
  readonly time: number;
  /** Of a batch: samples a second. */
  readonly rate?: number | undefined;
  /** Of a batch: the time of each sample, ms since the epoch. */
  readonly times?: ArrayLike<number> | undefined;
  /** What the channel of a plain number is called where channels are aligned: the topic or source. */
  readonly name?: string | undefined;
  /** A window is wanted around this sample. */
  readonly flagged?: boolean | undefined;
  /** Handed back with the window whose last sample this is. */
  readonly origin?: unknown;
}

/** So many samples are missing right before this sample of the window, counted from 0. */
export interface Gap {
  readonly sample: number;
  readonly missing: number;
}

/** A full window, as the message contract has it. */
export interface Window {
  readonly payload: WindowPayload & { readonly data: Float32Array };
  /** Of the last sample, ms since the epoch. */
  readonly time: number;
  /** Samples that are missing between the first and the last. */
  readonly gaps: number;
  /** Where they are missing. */
  readonly gapsAt: readonly Gap[];
  /** Of a window on a trigger: when the sample that triggered was taken, ms since the epoch. */
  readonly triggered?: number;
  /** Of the reading whose arrival completed it. */
  readonly origin: unknown;
}

/** What has been taken and left out since the start. */
export interface WindowCounts {
  readonly taken: number;
  /** Lacked a channel, or held a NaN or an infinity. */
  readonly incomplete: number;
  /** Not later than the sample before. */
  readonly late: number;
  /** Had no time that is a finite number. */
  readonly untimed: number;
  /** Came out of order and were put in their place. */
  readonly reordered: number;
  /** How often the window started anew. */
  readonly restarts: number;
  /** Windows that were not sent: a gap lay in them, or hardly a sample. */
  readonly dropped: number;
  /** Triggers while a window was being filled, or before there were enough samples. */
  readonly ignored: number;
}

export interface WindowAssembler {
  /**
   * Takes one reading.
   *
   * @returns the window that it completes, if any; `next` gives further ones
   * @throws READING_NOT_NUMERIC if it holds no numbers at all; CHANNELS_UNEQUAL, BATCH_RATE_INVALID; WINDOW_TOO_LARGE
   *   where only the reading tells how many channels there are
   */
  push(sample: Sample): Window | undefined;
  /** A batch, or one that was waited for, may complete several windows: the next one, until there is none. */
  next(): Window | undefined;
  /** Of a window on a trigger: one is wanted around the first sample that is not before `time`. Default: the next sample. */
  trigger(time?: number): void;
  /** Samples held for the next window. */
  readonly held: number;
  /** Samples that a window has; 0 where only time tells. */
  readonly length: number;
  /** The channels; empty before the first reading where none were chosen. */
  readonly channels: readonly string[];
  /** They go on counting. */
  readonly counts: WindowCounts;
}

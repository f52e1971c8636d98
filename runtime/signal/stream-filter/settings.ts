import type { ReadingPayload, WindowPayload } from '../../messages/index.ts';
import type { Memory } from '../blocks/memory.ts';
import type { FilterKind } from './kinds.ts';

export interface StreamFilterSettings {
  readonly kind: FilterKind;
  /** Of a Butterworth filter. */
  readonly order: number;
  /** Hz: two ascending for `band` and `stop`, one otherwise. Moving statistics have none. */
  readonly cutoffs: readonly number[];
  /** Of a moving statistic: values that count. */
  readonly length: number;
  /** Samples a second of readings; 0: their times tell. A window has its own. */
  readonly rate: number;
  /** Empty: those of the first reading, every one of a window. Others pass unchanged. */
  readonly channels: readonly string[];
  /** Whether a window is filtered on its own, or as the continuation of the one before. Readings always continue. */
  readonly state: Memory;
  /** ms of silence after which readings begin anew; 0: three sample periods. */
  readonly maxGap: number;
}

/** A reading to be filtered. `M` is the message that it came with. */
export interface FilterReading<M> {
  readonly payload: ReadingPayload;
  /** ms since the epoch */
  readonly time: number;
  readonly origin: M;
}

export interface FilteredReading<M> extends FilterReading<M> {
  /** What it was before. */
  readonly before: ReadingPayload;
}

export interface FilterCounts {
  readonly taken: number;
  /** Lacked a channel, or held a NaN or an infinity. */
  readonly incomplete: number;
  /** Not later than the one before. */
  readonly late: number;
  /** Waited for the rate, at which the filter was then impossible. */
  readonly refused: number;
  /** How often the filter began anew: after a silence, or when the clock was set back. */
  readonly restarts: number;
}

export interface StreamFilter<M = unknown> {
  /**
   * Filters a reading. The first few are held back until their times tell the rate, where it is not stated; then they come
   * together.
   *
   * @throws FILTER_INVALID if the filter is impossible at the rate that the readings have; FILTER_READING_INVALID for the first of
   *   several readings that lack a channel or hold no finite number, which are all left out; READING_NOT_NUMERIC
   */
  reading(reading: FilterReading<M>): readonly FilteredReading<M>[];
  /** Readings that still wait for the rate, at the end of the stream. @throws FILTER_INVALID */
  flush(): readonly FilteredReading<M>[];
  /**
   * Filters a window.
   *
   * @param gaps samples that are missing in it: then it continues nothing
   * @throws WINDOW_INVALID, WINDOW_VALUE_INVALID, WINDOW_CHANNELS_MISSING, FILTER_INVALID
   */
  window(payload: unknown, gaps?: number): WindowPayload & { readonly data: Float32Array };
  /** Of readings. They go on counting. */
  readonly counts: FilterCounts;
  /** Hz that the filter is made for; undefined until it is known. */
  readonly rate: number | undefined;
}

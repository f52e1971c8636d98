import { errors } from '../errors.ts';
import type { Sample } from './settings.ts';

/** Several samples that came in one reading. */
export interface Batch {
  readonly columns: Readonly<Record<string, ArrayLike<number>>>;
  readonly length: number;
  /** Of a sample, ms since the epoch. */
  time(index: number): number;
}

const isColumn = (value: unknown): value is ArrayLike<number> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** Whether a payload holds arrays of values where a reading has numbers. Asked of every reading: it makes no list of them. */
export function isBatch(payload: unknown): payload is Readonly<Record<string, ArrayLike<number>>> {
  if (typeof payload !== 'object' || payload === null || isColumn(payload)) return false;
  for (const name in payload) {
    const value = (payload as Record<string, unknown>)[name];
    if (typeof value === 'object' && isColumn(value)) return true;
  }
  return false;
}

/**
 * A reading that is a batch: arrays of one length, one a channel. Its times are those that it brings, or tell themselves by
 * the rate, counted back from the time of the reading, which is that of the last sample.
 *
 * @param rate Hz, for a batch that names none; 0: none
 * @throws CHANNELS_UNEQUAL if the arrays differ in length, or a channel has a single number; BATCH_RATE_INVALID if there is
 *   neither a rate above 0 nor a time for each sample
 */
export function readBatch({ payload, time, rate: own, times }: Sample, rate: number): Batch {
  const columns: Record<string, ArrayLike<number>> = {};
  const lengths: Record<string, number> = {};
  for (const [name, value] of Object.entries(payload)) {
    if (isColumn(value)) columns[name] = value;
    if (isColumn(value)) lengths[name] = value.length;
    else if (typeof value === 'number') lengths[name] = 1;
  }
  const counts = new Set(Object.values(lengths));
  const [length = 0] = counts;
  if (counts.size > 1 || Object.keys(columns).length < Object.keys(lengths).length) {
    throw errors.CHANNELS_UNEQUAL({ lengths });
  }
  if (times !== undefined) {
    if (times.length === length) return { columns, length, time: (index) => times[index] ?? NaN };
    throw errors.BATCH_RATE_INVALID({ value: `${times.length} times for ${length} samples` });
  }
  const perSecond = own ?? (rate > 0 ? rate : undefined);
  if (!(perSecond !== undefined && perSecond > 0 && perSecond < Infinity)) {
    throw errors.BATCH_RATE_INVALID({ value: perSecond === undefined ? 'neither' : `a rate of ${perSecond}` });
  }
  const period = 1000 / perSecond;
  return { columns, length, time: (index) => time - (length - 1 - index) * period };
}

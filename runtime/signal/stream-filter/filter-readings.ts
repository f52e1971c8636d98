import { counter } from '../../base/index.ts';
import type { ReadingPayload } from '../../messages/index.ts';
import { channelsOf, SINGLE_CHANNEL, valueOf } from '../channels.ts';
import { errors } from '../errors.ts';
import { estimateRate } from '../windows/estimate-rate.ts';
import { type ChannelFilter, channelFilters } from './channel-filter.ts';
import { needsRate } from './kinds.ts';
import type { FilterCounts, FilteredReading, FilterReading, StreamFilterSettings } from './settings.ts';

export interface ReadingFilter<M> {
  take(reading: FilterReading<M>): readonly FilteredReading<M>[];
  flush(): readonly FilteredReading<M>[];
  readonly counts: FilterCounts;
  readonly rate: number | undefined;
}

/** From so many readings on, their times tell the rate. */
const ENOUGH = 8;
/** A silence of more sample periods interrupts the signal. */
const PERIODS = 3;
/** So many in a row are no stragglers: the source's clock was set back, or it now has other channels. */
const PATIENCE = 10;

const leftOut = counter('millrace_filter_readings_left_out_total', 'Readings that "filter" left out, by reason');

/** Filters each channel of a stream of readings. It begins anew after a silence, and when the clock was set back. */
export function filterReadings<M>(settings: StreamFilterSettings): ReadingFilter<M> {
  const { rate: stated, channels: chosen, maxGap, kind } = settings;
  const holds = needsRate(kind) && stated === 0;
  const counts = { taken: 0, incomplete: 0, late: 0, refused: 0, restarts: 0 };
  const inRow = { incomplete: 0, late: 0, refused: 0 };
  let channels = chosen;
  let rate: number | undefined = stated > 0 ? stated : undefined;
  let filters: readonly ChannelFilter[] | undefined;
  let last = -Infinity;
  const held: FilterReading<M>[] = [];
  const times: number[] = [];

  /** Those that wait are filtered before, or refused. */
  const restart = () => {
    counts.restarts++;
    begin();
  };
  const begin = () => {
    if (stated === 0) rate = undefined;
    filters = undefined;
    last = -Infinity;
    times.length = 0;
  };

  const leaveOut = (reason: 'incomplete' | 'late' | 'refused', readings = 1) => {
    counts[reason] += readings;
    inRow[reason] += readings;
    leftOut.add(readings, { reason });
  };

  const unusable = (payload: unknown): string | undefined =>
    // As 32-bit numbers, as windows hold them: far beyond, a filter would overflow, and stay so.
    channels.find((channel) => !Number.isFinite(Math.fround(valueOf(payload, channel) ?? NaN)));

  const tooLong = (silence: number): boolean =>
    maxGap > 0 ? silence > maxGap : rate !== undefined && silence * rate > PERIODS * 1000 + 1e-6;

  const run = (reading: FilterReading<M>): FilteredReading<M> => {
    const { payload } = reading;
    const step = (channel: string, index: number) => filters?.[index]?.step(valueOf(payload, channel) as number) ?? NaN;
    counts.taken++;
    if (typeof payload === 'number') return { ...reading, before: payload, payload: step(SINGLE_CHANNEL, 0) };
    const filtered: Record<string, number> = { ...payload };
    channels.forEach((channel, index) => (filtered[channel] = step(channel, index)));
    return { ...reading, before: payload, payload: filtered };
  };

  const steady = (payload: ReadingPayload) =>
    filters?.forEach((filter, index) => filter.reset(valueOf(payload, channels[index] as string) as number));

  /** Filters those that wait. */
  const drain = (): FilteredReading<M>[] => {
    const waiting = held.splice(0);
    let previous: number | undefined;
    if (!filters) {
      try {
        filters = channels.map(channelFilters(settings, rate ?? NaN));
      } catch (error) {
        leaveOut('refused', waiting.length);
        begin();
        throw error;
      }
      if (waiting[0]) steady(waiting[0].payload);
    }
    return waiting.map((reading) => {
      if (previous !== undefined && tooLong(reading.time - previous)) {
        counts.restarts++;
        steady(reading.payload);
      }
      previous = reading.time;
      return run(reading);
    });
  };

  const flush = (): FilteredReading<M>[] => {
    if (held.length === 0) return [];
    // Of a single one, nothing tells the rate.
    if (held.length > 1) rate ??= estimateRate(Float64Array.from(times));
    return drain();
  };

  return {
    take(reading) {
      const { payload, time } = reading;
      if (channels.length === 0) channels = channelsOf(payload);
      const lacking = unusable(payload);
      if (lacking !== undefined) {
        const found = channelsOf(payload);
        leaveOut('incomplete');
        if (chosen.length === 0 && inRow.incomplete >= PATIENCE) {
          leaveOut('refused', held.splice(0).length);
          channels = found;
          restart();
        }
        if (inRow.incomplete > 1) return [];
        const value = String(valueOf(payload, lacking) ?? 'missing');
        throw errors.FILTER_READING_INVALID({ channel: lacking, value, count: counts.incomplete });
      }
      let sent: readonly FilteredReading<M>[] = [];
      if (!(time > last)) {
        leaveOut('late');
        if (inRow.late < PATIENCE || !Number.isFinite(time)) return [];
        sent = flush();
        restart();
      } else if (filters && tooLong(time - last)) restart();
      inRow.incomplete = inRow.late = 0;
      last = time;
      held.push(reading);
      if (times.length < ENOUGH && times.push(time) === ENOUGH) rate ??= estimateRate(Float64Array.from(times));
      return holds && rate === undefined ? sent : [...sent, ...drain()];
    },
    flush,
    counts,
    get rate() {
      return rate;
    },
  };
}

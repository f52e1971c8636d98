/**
 * Windows by count with a stride, from a stream of readings.
 *
 * The rule for what is missing: a window holds whole samples only. A sample that lacks a channel, or whose value is not
 * finite, is left out; so is one that is not later than the sample before it. Nothing is filled in. `gaps` counts the
 * samples that are missing between a window's first and last: the incomplete ones, and those that never came or came
 * late, told by the time between neighbours. After a silence longer than half a window the window starts anew, because what lies before
 * and after does not belong together; so it does when a whole window's worth of samples in a row had to be left out
 * because the source's clock was set back, or because it now sends other channels.
 */
import { counter } from '../base/index.ts';
import type { ReadingPayload, WindowPayload } from '../messages/index.ts';
import { channelsOf, valueOf } from './channels.ts';
import { estimateRate, missingBetween } from './estimate-rate.ts';
import { createSampleRing } from './sample-ring.ts';

export interface WindowSettings {
  /** Samples in a window. */
  readonly length: number;
  /** Samples from the start of one window to the start of the next. */
  readonly stride: number;
  /** Samples a second; 0: estimated from the times of the samples. */
  readonly rate: number;
  /** The channels, in order; empty: those of the first reading. */
  readonly channels: readonly string[];
}

/** One reading: the values that were taken at one instant. */
export interface Sample {
  readonly payload: ReadingPayload;
  /** ms since the epoch */
  readonly time: number;
}

/** A full window, as the message contract has it. */
export interface Window {
  readonly payload: WindowPayload & { readonly data: Float32Array };
  /** Of the last sample, ms since the epoch. */
  readonly time: number;
  /** Samples that are missing between the first and the last. */
  readonly gaps: number;
}

/** What has been taken and left out since the start. */
export interface WindowCounts {
  readonly taken: number;
  /** Lacked a channel, or held a NaN or an infinity. */
  readonly incomplete: number;
  /** Not later than the sample before. */
  readonly late: number;
  /** How often the window started anew. */
  readonly restarts: number;
}

export interface WindowAssembler {
  /**
   * Takes one reading.
   *
   * @returns the window that it completes, if any
   * @throws READING_NOT_NUMERIC if it holds no numbers at all
   */
  push(sample: Sample): Window | undefined;
  /** Samples held, at most `length`. */
  readonly held: number;
  /** The channels; empty before the first reading where none were chosen. */
  readonly channels: readonly string[];
  readonly counts: WindowCounts;
}

const STANDARD: WindowSettings = { length: 100, stride: 25, rate: 0, channels: [] };

/** From so many samples on, their times tell the rate. */
const ENOUGH = 8;

const leftOut = counter('millrace_window_samples_left_out_total', 'Samples that no window took, by reason');

/** A new assembler. It holds one window of samples and nothing else. */
export function createWindow(settings: Partial<WindowSettings> = {}): WindowAssembler {
  const { length, stride, rate, channels: chosen } = { ...STANDARD, ...settings };
  const counts = { taken: 0, incomplete: 0, late: 0, restarts: 0 };
  let channels = chosen;
  let ring = createSampleRing(length, channels.length);
  let sample = new Float32Array(channels.length);
  let untilWindow = length;
  let last = -Infinity;
  let currentRate: number | undefined = rate > 0 ? rate : undefined;
  const inRow = { incomplete: 0, late: 0 };

  const adopt = (payload: unknown) => {
    channels = channelsOf(payload);
    ring = createSampleRing(length, channels.length);
    sample = new Float32Array(channels.length);
  };

  const restart = () => {
    ring.clear();
    untilWindow = length;
    last = -Infinity;
    inRow.incomplete = inRow.late = 0;
    // An estimate from a burst would take every sample after it for the end of a silence.
    currentRate = rate > 0 ? rate : undefined;
    counts.restarts++;
  };

  const leaveOut = (reason: 'incomplete' | 'late') => {
    counts[reason]++;
    inRow[reason]++;
    leftOut.add(1, { reason });
  };

  const complete = (payload: unknown): boolean =>
    channels.every((channel, index) => {
      const value = valueOf(payload, channel);
      if (value === undefined || !Number.isFinite(Math.fround(value))) return false;
      sample[index] = value;
      return true;
    });

  const silent = (time: number) =>
    currentRate !== undefined && ((time - last) / 1000) * currentRate > Math.max(length / 2, ENOUGH);

  const full = (): Window => {
    const times = ring.times();
    const perSecond = rate > 0 ? rate : estimateRate(times);
    currentRate = perSecond;
    const before = ring.leftOut();
    let gaps = 0;
    for (let index = 1; index < length; index++) {
      const between = (times[index] ?? NaN) - (times[index - 1] ?? NaN);
      gaps += Math.max(missingBetween(between, perSecond), before[index] ?? 0);
    }
    const payload = {
      channels: [...channels],
      rate: perSecond,
      start: times[0] ?? NaN,
      data: ring.values(),
      shape: [length, channels.length] as [number, number],
    };
    return { payload, time: last, gaps };
  };

  return {
    push({ payload, time }) {
      if (channels.length === 0) adopt(payload);
      if (!complete(payload)) {
        // What holds no number at all is no gap in the data but a wrong wire.
        channelsOf(payload);
        leaveOut('incomplete');
        if (chosen.length > 0 || inRow.incomplete < length) return undefined;
        adopt(payload);
        restart();
        if (!complete(payload)) return undefined;
      }
      if (!(time > last)) {
        leaveOut('late');
        if (inRow.late < length) return undefined;
        restart();
      } else if (last > -Infinity && silent(time)) restart();
      ring.push(sample, time, inRow.incomplete);
      inRow.incomplete = inRow.late = 0;
      last = time;
      counts.taken++;
      if (currentRate === undefined && ring.held === ENOUGH) currentRate = estimateRate(ring.times());
      if (--untilWindow > 0) return undefined;
      untilWindow = stride;
      return full();
    },
    get held() {
      return ring.held;
    },
    get channels() {
      return channels;
    },
    get counts() {
      return { ...counts };
    },
  };
}

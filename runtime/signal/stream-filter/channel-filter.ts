import { createMoving } from '../../numerics/index.ts';
import type { Stream } from '../blocks/stream.ts';
import { butterworth } from '../filters/butterworth.ts';
import { createSosFilter } from '../filters/sos-filter.ts';
import type { StreamFilterSettings } from './settings.ts';

/** Of one channel, sample by sample. */
export interface ChannelFilter extends Stream {
  step(sample: number): number;
}

/** The mean of a rectified sine is this part of its amplitude. */
const RECTIFIED = 2 / Math.PI;

/**
 * Makes filters of one design, one a channel.
 *
 * @param rate Hz; moving statistics need none
 * @throws FILTER_INVALID
 */
export function channelFilters(settings: StreamFilterSettings, rate: number): () => ChannelFilter {
  const { kind, order, cutoffs, length } = settings;
  if (kind === 'mean' || kind === 'median') {
    return () => {
      const moving = createMoving(kind, length);
      return filter(
        moving.bytes,
        (sample) => moving.push(sample),
        () => moving.reset(),
      );
    };
  }
  if (kind === 'envelope') {
    // Rectified and smoothed: how strong the vibration is at the moment, as the amplitude of a sine.
    const sections = butterworth({ pass: 'low', order, cutoffs }, rate);
    return () => {
      const smooth = createSosFilter(sections);
      const step = (sample: number) => smooth.step(Math.abs(sample) / RECTIFIED);
      return filter(smooth.bytes, step, (first) => smooth.reset(Math.abs(first) / RECTIFIED));
    };
  }
  const sections = butterworth({ pass: kind, order, cutoffs }, rate);
  return () => {
    const sos = createSosFilter(sections);
    // As if the signal had always stood at its first sample: no transient from 0.
    return filter(
      sos.bytes,
      (sample) => sos.step(sample),
      (first) => sos.reset(first),
    );
  };
}

const filter = (bytes: number, step: (sample: number) => number, reset: (first: number) => void): ChannelFilter => ({
  ...{ bytes, step, reset },
  run(samples, output, from) {
    for (let n = from; n < samples.length; n++) output[n] = step(samples[n] as number);
  },
});

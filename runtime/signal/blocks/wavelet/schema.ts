import { z } from 'zod';
import { WAVELETS } from '../../wavelets/wavelets.ts';
import { channelNames } from '../fields.ts';

/** What is measured of each part of the decomposition. */
export const WAVELET_MEASURES = [
  'energy',
  'share',
  'mean',
  'std',
  'rms',
  'max',
  'entropy',
  'crossings',
  'p5',
  'p25',
  'median',
  'p75',
  'p95',
] as const;
export type WaveletMeasure = (typeof WAVELET_MEASURES)[number];

/**
 * A signal taken apart into ever slower parts: short events as well as long waves. `wavelet_PART_MEASURE_CHANNEL`, where the part
 * is `a3` (what is left after three levels) or `d3`, `d2`, `d1` (the details, from slow to fast).
 */
export const waveletBlock = z.object({
  type: z.literal('wavelet'),
  channels: channelNames,
  wavelet: z.enum(WAVELETS).default('db4'),
  levels: z.number().int().min(1).max(16).default(3),
  /**
   * `share`: of the whole energy; `entropy`: of how the energy is spread, in nats; `crossings`: of zero; `p5` … `p95`: what so
   * many percent of the values lie below.
   */
  measures: z.array(z.enum(WAVELET_MEASURES)).min(1).default(['share', 'std', 'max']),
});
export type WaveletBlock = z.infer<typeof waveletBlock>;

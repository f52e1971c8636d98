import { z } from 'zod';
import { MAX_ORDER } from '../../filters/design.ts';
import { channelNames } from '../fields.ts';

/**
 * What Edge Impulse's spectral analysis makes of motion: of each channel, filtered and without its mean, `signal_rms`,
 * `signal_skewness`, `signal_kurtosis`, `spectrum_skewness`, `spectrum_kurtosis` and the highest power of each frequency,
 * `spectrum_LOW_HIGH`, each followed by `_CHANNEL`.
 *
 * @see Edge Impulse processing-blocks, spectral_analysis, implementation version 4
 */
export const spectralFeaturesBlock = z.object({
  type: z.literal('spectral-features'),
  channels: channelNames,
  /** Factor for the samples. */
  scale: z.number().default(1),
  filter: z.enum(['none', 'low', 'high']).default('none'),
  /** Hz, of the filter. Frequencies that it keeps back give no features. */
  cutoff: z.number().positive().default(3),
  order: z.number().int().min(1).max(MAX_ORDER).default(6),
  /** Samples in a frame of the spectrum: a power of two. */
  size: z
    .number()
    .int()
    .min(8)
    .max(4096)
    .refine((size) => (size & (size - 1)) === 0, 'must be a power of two')
    .default(16),
  /** Powers as their decimal logarithm. */
  log: z.boolean().default(true),
  /** Frames that overlap by half. */
  overlap: z.boolean().default(true),
});
export type SpectralFeaturesBlock = z.infer<typeof spectralFeaturesBlock>;

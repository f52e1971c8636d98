import { isStill, mean } from '../../numerics/index.ts';

/**
 * The mean; of a channel at rest exactly its one value, which a rounded sum need not give: what is left without it would be taken
 * for a signal.
 */
export function centreOf(samples: Float64Array): number {
  return isStill(samples) ? 0 + (samples[0] as number) : mean(samples);
}

/** The samples as they are, or without their mean in the buffer given. */
export function centred(samples: Float64Array, detrend: 'none' | 'constant', buffer: Float64Array): Float64Array {
  if (detrend === 'none') return samples;
  const centre = centreOf(samples);
  for (let n = 0; n < samples.length; n++) buffer[n] = (samples[n] as number) - centre;
  return buffer;
}

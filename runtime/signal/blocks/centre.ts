import { mean } from '../../numerics/index.ts';

/** The samples as they are, or without their mean in the buffer given. */
export function centred(samples: Float64Array, detrend: 'none' | 'constant', buffer: Float64Array): Float64Array {
  if (detrend === 'none') return samples;
  const centre = mean(samples);
  for (let n = 0; n < samples.length; n++) buffer[n] = (samples[n] as number) - centre;
  return buffer;
}

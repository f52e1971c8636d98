import { createBlock, tidy } from './kinds.ts';

/** What suits most sensors of a sort: lists of blocks to begin with. */
export const STARTS = [
  {
    /** An accelerometer on a machine: how strong, how sudden, at which frequencies. */
    name: 'vibration',
    blocks: (rate: number) => [
      createBlock('statistics', rate, { measures: ['rms', 'peak', 'crest', 'kurtosis'], detrend: 'constant' }),
      createBlock('bands', rate),
      createBlock('zero-crossings', rate),
    ],
  },
  {
    /** Temperature, level, pressure: where it stands, without the spikes of a loose wire. */
    name: 'slow',
    blocks: (rate: number) => [
      createBlock('moving', rate, { measure: 'median', length: 5 }),
      createBlock('statistics', rate, { measures: ['mean', 'std', 'min', 'max', 'peak_to_peak'] }),
    ],
  },
  {
    /** A microphone: without hum and offset, the colour of the sound, and how noisy it is. */
    name: 'sound',
    blocks: (rate: number) => [
      createBlock('filter', rate, { pass: 'high', cutoffs: [Math.min(80, tidy(rate / 10))] }),
      createBlock('mfe', rate, { emphasis: 0 }),
      createBlock('zero-crossings', rate),
    ],
  },
] as const;

import type { WindowPayload } from '../messages/index.ts';
import type { Recipe } from './schema.ts';

/**
 * The recipe for a window of which nothing is known: the statistics that tell most signals apart, of every channel.
 * Without a spectrum, because the rate of an unknown source is an estimate.
 */
export function standardRecipe({ channels, rate, shape }: WindowPayload): Recipe {
  return {
    channels: [...channels],
    rate,
    length: shape[0],
    stride: shape[0],
    blocks: [
      {
        type: 'statistics',
        channels: [...channels],
        measures: ['mean', 'std', 'min', 'max', 'rms', 'skewness', 'kurtosis'],
        detrend: 'none',
      },
    ],
  };
}

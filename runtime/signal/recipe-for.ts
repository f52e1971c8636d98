import type { WindowPayload } from '../messages/index.ts';
import type { Block, Recipe } from './schema.ts';

/** The statistics that tell most signals apart, of every channel. */
export const STANDARD_BLOCKS: readonly Block[] = [
  {
    type: 'statistics',
    channels: [],
    measures: ['mean', 'std', 'min', 'max', 'rms', 'skewness', 'kurtosis'],
    detrend: 'none',
  },
];

/**
 * A recipe of these blocks for windows like the one given. A block without channels is for all of them. The rate is
 * rounded to three digits: it may be an estimate, and must not make another recipe of each start.
 */
export function recipeFor({ channels, rate, shape }: WindowPayload, blocks: readonly Block[]): Recipe {
  return {
    channels: [...channels],
    rate: Number(rate.toPrecision(3)),
    length: shape[0],
    // A window does not say how far it lies from the one before.
    stride: shape[0],
    blocks: blocks.map((block) => (block.channels.length > 0 ? block : { ...block, channels: [...channels] })),
  };
}

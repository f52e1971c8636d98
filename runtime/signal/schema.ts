/**
 * The recipe: how a window of samples becomes named features. A model package carries it, so that training, the editor
 * and the gateway prepare data in the same way. Safe in the browser.
 */
import { z } from 'zod';
import { bandsBlock } from './blocks/bands/schema.ts';
import { channelNames } from './blocks/fields.ts';
import { fftBlock } from './blocks/fft/schema.ts';
import { filterBlock } from './blocks/filter/schema.ts';
import { movingBlock } from './blocks/moving/schema.ts';
import { spectralFeaturesBlock } from './blocks/spectral-features/schema.ts';
import { welchBlock } from './blocks/welch/schema.ts';
import { envelopeBlock } from './blocks/envelope/schema.ts';
import { flattenBlock } from './blocks/flatten/schema.ts';
import { logBlock } from './blocks/log/schema.ts';
import { mfccBlock } from './blocks/mfcc/schema.ts';
import { mfeBlock } from './blocks/mfe/schema.ts';
import { normaliseBlock } from './blocks/normalise/schema.ts';
import { peaksBlock } from './blocks/peaks/schema.ts';
import { scaleBlock } from './blocks/scale/schema.ts';
import { waveletBlock } from './blocks/wavelet/schema.ts';
import { zeroCrossingsBlock } from './blocks/zero-crossings/schema.ts';
import { statisticsBlock } from './blocks/statistics/schema.ts';

export { MAX_CHANNELS } from './blocks/fields.ts';
export { fftBlock, type FftBlock } from './blocks/fft/schema.ts';
export { filterBlock, type FilterBlock } from './blocks/filter/schema.ts';
export { movingBlock, type MovingBlock } from './blocks/moving/schema.ts';
export { spectralFeaturesBlock, type SpectralFeaturesBlock } from './blocks/spectral-features/schema.ts';
export { welchBlock, type WelchBlock } from './blocks/welch/schema.ts';
export { envelopeBlock, type EnvelopeBlock } from './blocks/envelope/schema.ts';
export { flattenBlock, type FlattenBlock } from './blocks/flatten/schema.ts';
export { logBlock, type LogBlock } from './blocks/log/schema.ts';
export { mfccBlock, type MfccBlock } from './blocks/mfcc/schema.ts';
export { mfeBlock, type MfeBlock } from './blocks/mfe/schema.ts';
export { normaliseBlock, type NormaliseBlock } from './blocks/normalise/schema.ts';
export { peaksBlock, type PeaksBlock } from './blocks/peaks/schema.ts';
export { scaleBlock, type ScaleBlock } from './blocks/scale/schema.ts';
export { waveletBlock, type WaveletBlock } from './blocks/wavelet/schema.ts';
export { zeroCrossingsBlock, type ZeroCrossingsBlock } from './blocks/zero-crossings/schema.ts';
export { bandsBlock, type BandsBlock } from './blocks/bands/schema.ts';
export { MEASURES, type Measure, statisticsBlock, type StatisticsBlock } from './blocks/statistics/schema.ts';

/** Samples in a window. */
export const MAX_LENGTH = 65_536;

/** One kind a folder in blocks/: add it here and in blocks/catalogue.ts. */
export const block = z.discriminatedUnion('type', [
  filterBlock,
  movingBlock,
  envelopeBlock,
  scaleBlock,
  logBlock,
  normaliseBlock,
  statisticsBlock,
  flattenBlock,
  bandsBlock,
  spectralFeaturesBlock,
  welchBlock,
  fftBlock,
  mfeBlock,
  mfccBlock,
  waveletBlock,
  zeroCrossingsBlock,
  peaksBlock,
]);
export type Block = z.infer<typeof block>;

/** How a stream of readings is cut into windows. */
export const recipe = z.object({
  channels: channelNames,
  /** Samples a second. */
  rate: z.number().positive(),
  /** Samples in a window. */
  length: z.number().int().min(2).max(MAX_LENGTH),
  /** Samples from the start of one window to the start of the next. */
  stride: z.number().int().min(1),
  /** Run in this order; the features stand in this order too. */
  blocks: z.array(block).min(1).max(64),
});
export type Recipe = z.infer<typeof recipe>;

export * from './groom/schema.ts';
export { dimensionOf, UNIT_SYMBOLS } from './groom/units.ts';
export { FILTER_KINDS, needsRate } from './stream-filter/kinds.ts';
export type { FilterKind } from './stream-filter/kinds.ts';

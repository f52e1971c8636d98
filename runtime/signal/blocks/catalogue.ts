/**
 * Every kind of block. To add one: a folder `blocks/KIND/` with `schema.ts` (its parameters, safe in the browser) and
 * `prepare.ts`; its schema goes into the union in `schema.ts` of the room, and its `prepare` into the table here.
 */
import { errors } from '../errors.ts';
import type { Block, Recipe } from '../schema.ts';
import { prepareBands } from './bands/prepare.ts';
import type { PrepareBlock, PreparedBlock } from './block.ts';
import { prepareFft } from './fft/prepare.ts';
import { prepareFilter } from './filter/prepare.ts';
import { prepareMoving } from './moving/prepare.ts';
import { prepareSpectralFeatures } from './spectral-features/prepare.ts';
import { prepareWelch } from './welch/prepare.ts';
import { prepareEnvelope } from './envelope/prepare.ts';
import { prepareFlatten } from './flatten/prepare.ts';
import { prepareLog } from './log/prepare.ts';
import { prepareMfcc } from './mfcc/prepare.ts';
import { prepareMfe } from './mfe/prepare.ts';
import { prepareNormalise } from './normalise/prepare.ts';
import { preparePeaks } from './peaks/prepare.ts';
import { prepareScale } from './scale/prepare.ts';
import { prepareWavelet } from './wavelet/prepare.ts';
import { prepareZeroCrossings } from './zero-crossings/prepare.ts';
import { prepareStatistics } from './statistics/prepare.ts';

const PREPARE: { readonly [K in Block['type']]: PrepareBlock<Extract<Block, { type: K }>> } = {
  filter: prepareFilter,
  moving: prepareMoving,
  envelope: prepareEnvelope,
  scale: prepareScale,
  log: prepareLog,
  normalise: prepareNormalise,
  statistics: prepareStatistics,
  flatten: prepareFlatten,
  bands: prepareBands,
  'spectral-features': prepareSpectralFeatures,
  welch: prepareWelch,
  fft: prepareFft,
  mfe: prepareMfe,
  mfcc: prepareMfcc,
  wavelet: prepareWavelet,
  'zero-crossings': prepareZeroCrossings,
  peaks: preparePeaks,
};

/** @throws RECIPE_INVALID naming the place */
export function prepareBlock(block: Block, recipe: Recipe, path: string): PreparedBlock {
  const unknown = block.channels.find((channel) => !recipe.channels.includes(channel));
  if (unknown !== undefined) {
    throw errors.RECIPE_INVALID({ path: `${path}.channels`, problem: `no channel "${unknown}" in the recipe` });
  }
  return (PREPARE[block.type] as PrepareBlock<Block>)(block, recipe, path);
}

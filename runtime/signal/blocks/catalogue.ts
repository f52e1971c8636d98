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
import { prepareStatistics } from './statistics/prepare.ts';

const PREPARE: { readonly [K in Block['type']]: PrepareBlock<Extract<Block, { type: K }>> } = {
  statistics: prepareStatistics,
  bands: prepareBands,
  fft: prepareFft,
  filter: prepareFilter,
  moving: prepareMoving,
  'spectral-features': prepareSpectralFeatures,
  welch: prepareWelch,
};

/** @throws RECIPE_INVALID naming the place */
export function prepareBlock(block: Block, recipe: Recipe, path: string): PreparedBlock {
  const unknown = block.channels.find((channel) => !recipe.channels.includes(channel));
  if (unknown !== undefined) {
    throw errors.RECIPE_INVALID({ path: `${path}.channels`, problem: `no channel "${unknown}" in the recipe` });
  }
  return (PREPARE[block.type] as PrepareBlock<Block>)(block, recipe, path);
}

import type { Recipe } from '../../runtime/signal/index.ts';
import { PUMP_RECIPE } from '../pump-model.ts';

/**
 * What the pump's model looks at, and how much the temperature varies within a window: a single wild reading hardly moves the
 * mean of a hundred.
 */
export const SOAK_RECIPE: Recipe = {
  ...PUMP_RECIPE,
  blocks: PUMP_RECIPE.blocks.map((block): Recipe['blocks'][number] =>
    block.type === 'statistics' && block.channels.includes('temperature')
      ? { ...block, measures: ['mean', 'std'] }
      : block,
  ),
};

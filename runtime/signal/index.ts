export { butterworth } from './filters/butterworth.ts';
export { type FilterDesign, filterProblem, MAX_ORDER, type Pass, PASSES } from './filters/design.ts';
export { createSosFilter, type SosFilter } from './filters/sos-filter.ts';
export type { Section } from './filters/section.ts';
export { canonicalJson } from './canonical-json.ts';
export { digestOf } from './digest.ts';
export { createWindow } from './windows/create-window.ts';
export type {
  Align,
  Crossing,
  Cut,
  Direction,
  Gap,
  OnGap,
  Sample,
  Window,
  WindowAssembler,
  WindowCounts,
  WindowSettings,
} from './windows/settings.ts';
export { createGroom } from './groom/create-groom.ts';
export type { Groom, GroomCounts, Groomed, GroomReading } from './groom/types.ts';
export type { GroomStep } from './groom/schema.ts';
export { createStreamFilter } from './stream-filter/create-stream-filter.ts';
export type {
  FilterCounts,
  FilteredReading,
  FilterReading,
  StreamFilter,
  StreamFilterSettings,
} from './stream-filter/settings.ts';
export { parseWindow } from './parse-window.ts';
export { recipeDigest } from './recipe-digest.ts';
export { prepareRecipe } from './prepare-recipe.ts';
export type { PreparedRecipe } from './prepare-recipe.ts';
export { explainRecipe } from './explain-recipe.ts';
export type { BlockExplanation, Explanation, Line } from './explain-recipe.ts';
export { knownRecipe } from './known-recipes.ts';
export { recipeFor, STANDARD_BLOCKS } from './recipe-for.ts';
export { createFeatures } from './features.ts';
export type { FeatureMaker, Features, FeatureSource } from './features.ts';
export { signal } from './signal.ts';
export type { Signal } from './signal.ts';
export type { BandsBlock, Block, Measure, Recipe, StatisticsBlock } from './schema.ts';

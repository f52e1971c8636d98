import { systemClock } from '../base/index.ts';
import type { WindowPayload } from '../messages/index.ts';
import type { Columns, PreparedBlock, Step } from './blocks/block.ts';
import { recipeDigest } from './recipe-digest.ts';
import { type RecipeParts, recipeParts } from './recipe-parts.ts';
import type { Recipe } from './schema.ts';
import { thinOut } from './thin-out.ts';

/** One line of a chart. */
export interface Line {
  readonly name: string;
  readonly values: readonly number[];
}

/** What one block makes of a window. */
export interface BlockExplanation {
  readonly type: string;
  readonly channels: readonly string[];
  /** µs that it takes on this machine, the median of many runs. */
  readonly micros: number;
  /** What its tables and its scratch hold. */
  readonly bytes: number;
  /** In order; none of a transform. */
  readonly features: readonly { readonly name: string; readonly value: number }[];
  /** The channels after it, where it changes them: one value for every `every` samples. */
  readonly changed?: readonly Line[];
  /** Such as a spectrum. */
  readonly picture?: { readonly unit: string; readonly axis: readonly number[]; readonly curves: readonly Line[] };
}

/** What a dialog shows of a recipe at work. */
export interface Explanation {
  readonly digest: string;
  readonly window: {
    readonly rate: number;
    readonly start: number;
    readonly length: number;
    /** A shown value stands for so many samples. */
    readonly every: number;
    readonly channels: readonly Line[];
  };
  readonly blocks: readonly BlockExplanation[];
  /** Of all blocks together. */
  readonly micros: number;
  readonly bytes: number;
}

/** How long the measuring may take, ms: the dialog asks twice a second. */
const PATIENCE = 10;
const MOST_RUNS = 100;

/**
 * Runs a recipe on one window and tells what each block made of it, and what that costs on this machine. The features are
 * those that the recipe gives of the window, to the byte. A recipe that makes no features yet is explained too.
 *
 * @throws as prepareRecipe and its run
 */
export function explainRecipe(recipe: Recipe, window: WindowPayload): Explanation {
  const parts = recipeParts(recipe);
  const { blocks, load } = parts;
  const { rate, start } = window;
  const step = load(window);
  const raw = rawLines(window);
  const explained = blocks.map((block, index) => explainBlock(parts, block, index, step));
  const micros = measure(recipe, window);
  const every = Math.ceil(parts.recipe.length / (raw[0]?.values.length ?? 1));
  return {
    digest: recipeDigest(parts.recipe),
    window: { rate, start, length: parts.recipe.length, every, channels: raw },
    blocks: explained.map((block, index) => ({ ...block, micros: micros[index] ?? NaN })),
    micros: micros.reduce((sum, each) => sum + each, 0),
    bytes: explained.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function explainBlock(
  { recipe, columns }: RecipeParts,
  block: PreparedBlock,
  index: number,
  step: Step,
): Omit<BlockExplanation, 'micros'> {
  const { type = '', channels = [] } = recipe.blocks[index] ?? {};
  const features = new Float64Array(block.names.length);
  block.run(columns, features, 0, step);
  const picture = block.picture?.();
  return {
    type,
    channels,
    bytes: block.bytes,
    features: block.names.map((name, place) => ({ name, value: features[place] ?? NaN })),
    ...(block.names.length === 0 && { changed: lines(columns, channels) }),
    ...(picture && {
      picture: {
        unit: picture.unit,
        axis: thinOut(picture.axis),
        curves: picture.curves.map(({ name, values }) => ({ name, values: thinOut(values) })),
      },
    }),
  };
}

/** Every channel of a window, those that the recipe leaves aside too. */
const rawLines = ({ channels, data, shape }: WindowPayload): Line[] =>
  channels.map((name, place) => ({
    name,
    values: thinOut(Float64Array.from({ length: shape[0] }, (_, sample) => data[sample * shape[1] + place] ?? NaN)),
  }));

const lines = (columns: Columns, names: Iterable<string> = columns.keys()): Line[] =>
  [...names].map((name) => ({ name, values: thinOut(columns.get(name) ?? []) }));

/** µs of each block. A recipe of its own, so that what blocks carry from window to window is not touched. */
function measure(recipe: Recipe, window: WindowPayload): number[] {
  const { blocks, columns, load, featureNames } = recipeParts(recipe);
  const features = new Float64Array(featureNames.length);
  const times = blocks.map(() => [] as number[]);
  const begun = systemClock.monotonic();
  for (let run = 0; run < MOST_RUNS && (run < 3 || systemClock.monotonic() - begun < PATIENCE); run++) {
    const step = load(window);
    let at = 0;
    blocks.forEach((block, index) => {
      const before = systemClock.monotonic();
      block.run(columns, features, at, step);
      times[index]?.push(systemClock.monotonic() - before);
      at += block.names.length;
    });
  }
  return times.map((each) => 1000 * (each.sort((a, b) => a - b)[each.length >> 1] ?? NaN));
}

/** What the dialog of `features` shows: one window on its way through a recipe, and what each block costs. */
import { z } from 'zod';

/** Lines over one axis, thinned to what a chart can show. */
export const curves = z.object({
  /** Of the axis: `s`, `Hz`. */
  unit: z.string(),
  axis: z.array(z.number()),
  lines: z.array(z.object({ name: z.string(), values: z.array(z.number()) })),
});
export type Curves = z.infer<typeof curves>;

export const blockPreview = z.object({
  /** As it stands in the recipe. */
  block: z.looseObject({ type: z.string() }),
  /** Measured on this machine. */
  microseconds: z.number(),
  /** What its tables and its scratch hold. */
  bytes: z.number(),
  /** In recipe order, at most some hundreds; `count` says how many there are. */
  features: z.array(z.object({ name: z.string(), value: z.number() })),
  count: z.number(),
  /** Of a block that changes the channels: what the blocks after it see. */
  changed: curves.optional(),
  /** What it saw on its way to the features, such as a spectrum. */
  picture: curves.optional(),
});
export type BlockPreview = z.infer<typeof blockPreview>;

export const recipePreview = z.object({
  /** `example`: the node is not deployed, or has seen no window. */
  source: z.enum(['live', 'example']),
  /** Of a live window, ms since it came. */
  age: z.number().optional(),
  /** ms from one window to the next. */
  every: z.number().optional(),
  /** Of the recipe: 64 hexadecimal digits. */
  digest: z.string().optional(),
  rate: z.number(),
  length: z.number(),
  /** Every channel of the window, before any block. */
  window: curves,
  /** Up to the first that cannot be made. */
  blocks: z.array(blockPreview),
  /** Why there is no more, at the block of that place, if one is to blame. */
  problem: z
    .object({
      code: z.string(),
      message: z.string(),
      hint: z.string(),
      block: z.number().optional(),
      /** Of the block's parameters. */
      parameter: z.string().optional(),
    })
    .optional(),
});
export type RecipePreview = z.infer<typeof recipePreview>;

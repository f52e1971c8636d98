/** What the dialog of `features` is told: one window on its way through a recipe, and what each block costs. */
import { z } from 'zod';

// JSON has no NaN: it comes as null.
const value = z.number().nullable();

/** A curve of a chart. */
const line = z.object({ name: z.string(), values: z.array(value).readonly() });
export type PreviewLine = z.infer<typeof line>;

export const blockPreview = z.object({
  /** The block as it stands in the recipe. */
  block: z.looseObject({ type: z.string() }),
  /** µs a window, on this machine. */
  micros: value,
  /** What its tables and its scratch hold. */
  bytes: z.number(),
  /** In recipe order; none of a block that changes the channels. */
  features: z.array(z.object({ name: z.string(), value })).readonly(),
  /** The channels as the blocks after it see them, where it changes them. */
  changed: z.array(line).readonly().optional(),
  /** What it saw on its way to the features, such as a spectrum. */
  picture: z.object({ unit: z.string(), axis: z.array(value).readonly(), curves: z.array(line).readonly() }).optional(),
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
  digest: z.string(),
  /** Before any block. */
  window: z.object({ rate: z.number(), length: z.number(), channels: z.array(line).readonly() }),
  blocks: z.array(blockPreview).readonly(),
  /** Of all blocks together. */
  micros: value,
  bytes: z.number(),
});
export type RecipePreview = z.infer<typeof recipePreview>;

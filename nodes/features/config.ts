import { z } from 'zod';
import { type Palette, settings } from '../../runtime/messages/index.ts';
import { MEASURES } from '../../runtime/signal/schema.ts';

export const palette = { category: 'prepare', order: 2, inputs: 1, outputs: 1 } satisfies Palette;

/** One row of the table of own features. */
const row = z.object({
  measure: z.enum([...MEASURES, 'bands']),
  /** Names with commas between them; empty: every channel of the window. */
  channels: z.string().default(''),
  /** Of `bands`: their edges in Hz, with commas between them. */
  edges: z
    .string()
    .regex(/^[\d.,\s]*$/, 'must be numbers with commas between them')
    .default(''),
});
export type FeatureRow = z.infer<typeof row>;

const standard = (['mean', 'std', 'min', 'max', 'rms', 'skewness', 'kurtosis'] as const).map((measure) => ({
  measure,
  channels: '',
  edges: '',
}));

export const config = z.object({
  name: settings.text(),
  /** Where the recipe comes from. */
  from: settings.choice(['model', 'own'], 'model'),
  /** Empty: the example that ships with Millrace, for windows that have its channels. */
  model: settings.reference('model'),
  /** Of `own`: what to compute, in order. */
  rows: settings.list(row, standard),
  /** Where the window stands, and where the features go. */
  property: settings.property(),
});

import { z } from 'zod';
import { type Palette, settings } from '../../runtime/messages/index.ts';
import { block, MAX_CHANNELS } from '../../runtime/signal/schema.ts';

export const palette = { category: 'prepare', order: 2, inputs: 1, outputs: 1 } satisfies Palette;

/** The shape that is saved: counts up with each of the migrations. */
export const FORMAT = 1;

const channels = z.array(z.string().min(1)).max(MAX_CHANNELS).default([]);

/** A block of a recipe as it stands in the dialog: one without channels is for all that the window has. */
export const ownBlock = z.discriminatedUnion(
  'type',
  block.options.map((option) => z.object({ ...option.shape, channels })) as never,
) as unknown as typeof block;

/** The statistics that tell most signals apart. */
const standard = [
  ownBlock.parse({ type: 'statistics', measures: ['mean', 'std', 'min', 'max', 'rms', 'skewness', 'kurtosis'] }),
];

export const config = z.object({
  name: settings.text(),
  /** Where the recipe comes from. */
  from: settings.choice(['model', 'own'], 'model'),
  /** Empty: the example that ships with Millrace, for windows that have its channels. */
  model: settings.reference('model'),
  /** Of `own`: what is done to a window, in order. */
  blocks: settings.list(ownBlock, standard),
  /** Where the window stands, and where the features go. */
  property: settings.property(),
  // Both without a default: Node-RED's editor writes the defaults into nodes that are pasted, older ones too.
  format: z.literal(FORMAT).optional(),
  /** Of format 0, in place of blocks. The editor saves only what is named here: it must not lose them. */
  rows: z.array(z.unknown()).optional(),
});

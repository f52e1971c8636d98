import { z } from 'zod';
import { LABELS_FROM } from '../../runtime/datasets/schema.ts';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'learn & predict', order: 1, inputs: 1, outputs: 1 } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** Empty: the node's name, or `examples`. */
  dataSet: settings.text(),
  from: settings.choice(LABELS_FROM, 'buttons'),
  /** Offered as buttons; further ones can be typed in the sidebar. */
  labels: settings.list(z.object({ label: z.string().trim().max(200) }), []),
  /** Of labels that come with the messages. */
  labelProperty: settings.property('label'),
  /** Label of every message. */
  always: settings.text('normal'),
  unlabelled: settings.choice(['drop', 'keep'], 'drop'),
  property: settings.property(),
  /** Examples of one label. */
  most: settings.integer({ default: 2000, min: 1, max: 1_000_000 }),
});

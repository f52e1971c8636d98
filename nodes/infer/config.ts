import { z } from 'zod';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'learn & predict', inputs: 1, outputs: 1 } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** Empty: the example that ships with Millrace. */
  model: settings.reference('model'),
  /** A model that is asked the same, only to be compared; empty: none. */
  candidate: settings.reference('model'),
  /** Where the features stand, and where the prediction goes. */
  property: settings.property(),
  /** What becomes of messages that come faster than they are answered. */
  queue: settings.choice(['refuse', 'drop-oldest', 'drop-newest'], 'refuse'),
  /** The prediction, or the model's own tensors. */
  answer: settings.choice(['prediction', 'tensors'], 'prediction'),
});

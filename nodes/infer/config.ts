import { z } from 'zod';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'learn & predict', inputs: 1, outputs: 1 } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** Empty: the example that ships with Millrace. */
  model: settings.reference('model'),
  /** Where the features stand, and where the prediction goes. */
  property: settings.property(),
});

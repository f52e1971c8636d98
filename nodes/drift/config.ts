import { z } from 'zod';
import { LEARN, REFERENCE_SOURCES, STATISTICS, WINDOW } from '../../runtime/drift/schema.ts';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'monitor', inputs: 1, outputs: 1 } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** What the stream is compared with. */
  source: settings.choice(REFERENCE_SOURCES, 'model'),
  /** Empty: the model that made the prediction. */
  model: settings.reference('model'),
  /** Of `stream`: how many of its first messages become the reference. */
  learn: settings.integer({ default: LEARN.standard, min: LEARN.min, max: LEARN.max }),
  /** How many of the newest messages are compared. */
  window: settings.integer({ default: WINDOW.standard, min: WINDOW.min, max: WINDOW.max }),
  statistic: settings.choice(STATISTICS, 'wasserstein'),
  /** Where the features stand; where there is nothing, the payload is taken. */
  property: settings.property('features'),
});

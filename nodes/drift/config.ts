import { z } from 'zod';
import { LEARN, REFERENCE_SOURCES, SEASONS, STATISTICS, WINDOW } from '../../runtime/drift/schema.ts';
import { FALSE_ALARMS, type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'monitor', inputs: 1, outputs: 2 } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** What the stream is compared with. */
  source: settings.choice(REFERENCE_SOURCES, 'model'),
  /** Empty: the model that made the prediction. */
  model: settings.reference('model'),
  /** Of `stream`: how many of its first messages become the reference. */
  learn: settings.integer({ default: LEARN.standard, min: LEARN.min, max: LEARN.max }),
  /** How often a false alarm is acceptable. */
  falseAlarms: settings.choice(FALSE_ALARMS, 'month'),
  /** How many of the newest messages are compared. */
  window: settings.integer({ default: WINDOW.standard, min: WINDOW.min, max: WINDOW.max }),
  statistic: settings.choice(STATISTICS, 'wasserstein'),
  season: settings.choice(SEASONS, 'none'),
  /** Whether healthy messages make a reference longer that is too short for the wish. */
  extend: settings.flag(true),
  /** What is asked. */
  data: settings.flag(true),
  prediction: settings.flag(true),
  performance: settings.flag(true),
  faults: settings.flag(true),
  /** Where the features stand; where there is nothing, the payload is taken. */
  property: settings.property('features'),
});

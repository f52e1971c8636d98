import { z } from 'zod';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'learn & predict', order: 4, inputs: 1, outputs: 1 } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** Measured on the data set; a stream says itself which model answered. Empty: the example. */
  model: settings.reference('model'),
  /** Compared with it; empty: none. */
  challenger: settings.reference('model'),
  /** Empty: the one that was filled last. */
  dataSet: settings.text(),
  /** Of a stream: pairs of prediction and truth that are looked at, the newest. */
  kept: settings.integer({ default: 1000, min: 10, max: 100_000 }),
  /** A message after so many pairs; 0: none. */
  pairs: settings.integer({ default: 50, min: 0 }),
  /** A message every so many seconds in which a pair came; 0: none. */
  seconds: settings.number({ default: 0, min: 0 }),
  /** Where the prediction stands. */
  property: settings.property(),
});

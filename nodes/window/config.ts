import { z } from 'zod';
import { type Palette, settings } from '../../runtime/messages/index.ts';
import { MAX_LENGTH } from '../../runtime/signal/schema.ts';

export const palette = { category: 'prepare', order: 1, inputs: 1, outputs: 1 } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** Samples in a window. */
  length: settings.integer({ default: 100, min: 2, max: MAX_LENGTH }),
  /** Samples from the start of one window to the start of the next. */
  stride: settings.integer({ default: 25, min: 1, max: MAX_LENGTH }),
  /** Samples a second; 0: told by the times of the readings. */
  rate: settings.number({ default: 0, min: 0 }),
  /** Names with commas between them; empty: those of the first reading. */
  channels: settings.text(),
  /** Where the reading stands, and where the window goes. */
  property: settings.property(),
});

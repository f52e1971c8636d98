import { z } from 'zod';
import { EXAMPLE_RECORDING, FACTOR, SPEEDS, TIME_UNITS } from '../../runtime/datasets/schema.ts';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'sensors', order: 3, inputs: 1, outputs: 1 } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** A name of the list, or the path of a file. */
  recording: settings.text(EXAMPLE_RECORDING),
  speed: settings.choice(SPEEDS, 'real'),
  factor: settings.number({ default: FACTOR.standard, min: FACTOR.min, max: FACTOR.max }),
  loop: settings.flag(false),
  /** Plays when the flow starts; else when a message says so. */
  start: settings.flag(true),
  /** `shift`: as if it happened now. */
  times: settings.choice(['shift', 'keep'], 'shift'),
  /** Of a file of another program. Empty: guessed by name. */
  timeColumn: settings.text(),
  timeUnit: settings.choice(TIME_UNITS, 'auto'),
  /** Rows a second, of a file without a time; 0: its time column tells. */
  rate: settings.number({ default: 0, min: 0 }),
  /** Empty: as recorded. */
  topic: settings.text(),
});

/** For the dialog. */
export { EXAMPLE_RECORDING };

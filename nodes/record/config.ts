import { z } from 'zod';
import { RECORD_FORMATS } from '../../runtime/datasets/schema.ts';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'monitor', order: 2, inputs: 1, outputs: 1 } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** Empty: the node's name, or `record` with its id. */
  recording: settings.text(),
  format: settings.choice(RECORD_FORMATS, 'auto'),
  /** MB of one file. */
  size: settings.number({ default: 16, min: 0.1, max: 1024 }),
  files: settings.integer({ default: 8, min: 1, max: 1000 }),
  /** Records from the start; else when a message says so. */
  start: settings.flag(true),
});

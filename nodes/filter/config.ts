import { z } from 'zod';
import { type Palette, settings } from '../../runtime/messages/index.ts';
import { FILTER_KINDS, MAX_LENGTH } from '../../runtime/signal/schema.ts';

export const palette = { category: 'prepare', order: 4, inputs: 1, outputs: 1 } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** What is done to each channel. The default needs no rate: it suits any stream. */
  kind: settings.choice(FILTER_KINDS, 'mean'),
  /** Hz; of `band` and `stop` the lower one. */
  cutoff: settings.number({ default: 10, min: 0 }),
  /** Hz, of `band` and `stop`. */
  upper: settings.number({ default: 20, min: 0 }),
  /** Of a Butterworth filter. */
  order: settings.integer({ default: 4, min: 1, max: 16 }),
  /** Of a moving statistic: readings that count. */
  length: settings.integer({ default: 5, min: 1, max: MAX_LENGTH }),
  /** Samples a second of readings; 0: their times tell. */
  rate: settings.number({ default: 0, min: 0 }),
  /** Names with commas between them; empty: every one. */
  channels: settings.text(),
  /** Whether a window continues the one before it. */
  state: settings.choice(['carry', 'reset'], 'carry'),
  /** ms of silence after which readings begin anew; 0: three sample periods. */
  maxGap: settings.number({ default: 0, min: 0 }),
  /** Where the reading or window stands, and where the filtered one goes. */
  property: settings.property(),
});

/** For the dialog. */
export { FILTER_KINDS };
export { needsRate } from '../../runtime/signal/schema.ts';

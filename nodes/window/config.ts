import { z } from 'zod';
import { type Palette, settings } from '../../runtime/messages/index.ts';
import { MAX_LENGTH } from '../../runtime/signal/schema.ts';

export const palette = { category: 'prepare', order: 1, inputs: 1, outputs: 1 } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** What decides where a window begins and ends. */
  cut: settings.choice(['count', 'time', 'trigger'], 'count'),
  /** Of `count`: samples in a window. */
  length: settings.integer({ default: 100, min: 2, max: MAX_LENGTH }),
  /** Of `count`: samples from the start of one window to the start of the next. */
  stride: settings.integer({ default: 25, min: 1, max: MAX_LENGTH }),
  /** Of `time`: seconds that a window lasts, and from the start of one to the start of the next. */
  seconds: settings.number({ default: 1, min: 0.001 }),
  every: settings.number({ default: 0.25, min: 0.001 }),
  /** Of `trigger`: samples before the one that triggers, and from it on. */
  before: settings.integer({ default: 50, min: 0 }),
  after: settings.integer({ default: 50, min: 1 }),
  /** A message says so, or a channel passes a level. */
  trigger: settings.choice(['message', 'crossing'], 'message'),
  /** Of `crossing`. Empty: the first channel. */
  watch: settings.text(),
  level: settings.number({ default: 0 }),
  direction: settings.choice(['rising', 'falling', 'either'], 'rising'),
  /** Samples a second; 0: told by the times of the readings. */
  rate: settings.number({ default: 0, min: 0 }),
  /** Names with commas between them; empty: those of the first reading. */
  channels: settings.text(),
  /** How readings that bring a channel each become samples of all. */
  align: settings.choice(['none', 'hold', 'interpolate'], 'none'),
  /** ms */
  tolerance: settings.number({ default: 1000, min: 0 }),
  /** ms that a reading may come late and is still put in its place. */
  reorder: settings.number({ default: 0, min: 0 }),
  /** Samples a second that a window has; 0: as they come. */
  resample: settings.number({ default: 0, min: 0 }),
  onGap: settings.choice(['mark', 'restart', 'drop'], 'mark'),
  /** ms; 0: three sample periods. */
  maxGap: settings.number({ default: 0, min: 0 }),
  /** Where the reading stands, and where the window goes. */
  property: settings.property(),
});

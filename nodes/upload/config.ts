import { z } from 'zod';
import { type Palette, settings } from '../../runtime/messages/index.ts';
import { DEFAULT_STREAM, LANES } from '../../runtime/outbox/schema.ts';

export const palette = { category: 'cloud', inputs: 1, outputs: 0, align: 'right' } satisfies Palette;

export const TIME_UNITS = ['seconds', 'minutes', 'hours', 'days'] as const;

export const config = z.object({
  name: settings.text(),
  /** Empty: the built-in broker on its default port. */
  target: settings.reference('target'),
  /** What names the stream: always the same, the message's topic, or another of its properties. */
  streamFrom: settings.choice(['name', 'topic', 'property'], 'name'),
  /**
   * Messages of one stream keep their order and are numbered together. The stream also of messages that name none. An emptied
   * field means the usual name.
   */
  stream: settings.text(DEFAULT_STREAM).transform((stream) => stream.trim() || DEFAULT_STREAM),
  streamProperty: settings.property('source'),
  lane: settings.choice(LANES, 'live'),
  /** How long a message may wait; 0: for ever. */
  keep: settings.number({ default: 0, min: 0 }),
  keepUnit: settings.choice(TIME_UNITS, 'hours'),
});

export type UploadConfig = z.output<typeof config>;

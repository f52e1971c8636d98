import { z } from 'zod';
import { type Palette, settings } from '../../runtime/messages/index.ts';
import { DEFAULT_STREAM } from '../../runtime/outbox/schema.ts';

export const palette = { category: 'cloud', inputs: 1, outputs: 0, align: 'right' } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** Empty: the built-in broker on its default port. */
  target: settings.reference('target'),
  /** Messages of one stream keep their order and are numbered together. An emptied field means the usual name. */
  stream: settings.text(DEFAULT_STREAM).transform((stream) => stream.trim() || DEFAULT_STREAM),
});

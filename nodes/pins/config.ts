import { z } from 'zod';
import { channel, CHANNEL_KINDS, channelKinds, mostRate, STANDARD_CHANNELS } from '../../runtime/devices/schema.ts';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'sensors', order: 1, inputs: 1, outputs: 1 } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** Empty: the built-in virtual pump. */
  board: settings.reference('board'),
  channels: settings.list(channel, STANDARD_CHANNELS),
  /** Samples a second. */
  rate: settings.number({ default: 100, min: 0.1, max: 1000 }),
  /** Empty: the node's name. */
  topic: settings.text(),
});

/** For the dialog. */
export { CHANNEL_KINDS, channelKinds, mostRate };

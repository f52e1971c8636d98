import { z } from 'zod';
import { sensorKinds, SENSORS } from '../../runtime/devices/schema.ts';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'sensors', order: 2, inputs: 0, outputs: 1 } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** Empty: the built-in virtual pump. */
  board: settings.reference('board'),
  kind: settings.choice(sensorKinds, 'tmp36'),
  pin: settings.text('A3'),
  /** Seconds between readings. */
  period: settings.number({ default: 1, min: 0.02, max: 3600 }),
  /** Empty: the node's name. */
  topic: settings.text(),
});

/** For the dialog: each sensor's usual pin, and whether it sends when it changes. */
export const sensors: Readonly<Record<string, { readonly pin: string; readonly onChange?: true }>> = SENSORS;

import { z } from 'zod';
import { actuatorKinds, ACTUATORS } from '../../runtime/devices/schema.ts';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'sensors', order: 3, inputs: 1, outputs: 0, align: 'right' } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** Empty: the built-in virtual pump. */
  board: settings.reference('board'),
  kind: settings.choice(actuatorKinds, 'led'),
  pin: settings.text('D13'),
  /** Where in the message its value stands. */
  property: settings.property(),
});

/** For the dialog: each actuator's usual pin. */
export const actuators: Readonly<Record<string, { readonly pin: string }>> = ACTUATORS;

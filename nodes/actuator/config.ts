import { z } from 'zod';
import {
  type ActuatorEntry,
  type ActuatorKind,
  actuatorKinds,
  ACTUATORS,
  type OutputValue,
  plannedBoard,
  safeValue,
} from '../../runtime/devices/schema.ts';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'sensors', order: 3, inputs: 1, outputs: 0, align: 'right' } satisfies Palette;

/** The shape that is saved: counts up with each of the migrations. */
export const FORMAT = 1;

export const config = z.object({
  name: settings.text(),
  /** Empty: the built-in virtual pump. */
  board: settings.reference('board'),
  kind: settings.choice(actuatorKinds, 'led'),
  /** In the order of the wires of its kind. */
  pins: settings.list(z.string(), ['D13']),
  /** Of a chip on the bus. 0: its usual one. */
  address: settings.integer({ default: 0, min: 0, max: 127 }),
  options: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
  /** Where in the message its value stands. */
  property: settings.property(),
  // Both without a default: Node-RED's editor writes the defaults into nodes that are pasted, older ones too.
  format: z.literal(FORMAT).optional(),
  /** Of format 0, in place of pins. The editor saves only what is named here: it must not lose it. */
  pin: z.string().optional(),
});

/** For the dialog: the catalogue. */
export const actuators: Readonly<Record<ActuatorKind, ActuatorEntry>> = ACTUATORS;

/** What it is set to when its flow stops, as the dialog tells it. */
export { actuatorKinds, safeValue };
/** For the dialog: a board that does not run yet. */
export { plannedBoard };
export type { OutputValue };

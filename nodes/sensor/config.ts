import { z } from 'zod';
import { plannedBoard, sensorKinds, SENSORS, type SensorEntry } from '../../runtime/devices/schema.ts';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'sensors', order: 2, inputs: 0, outputs: 1 } satisfies Palette;

/** The shape that is saved: counts up with each of the migrations. */
export const FORMAT = 1;

export const config = z.object({
  name: settings.text(),
  /** Empty: the built-in virtual pump. */
  board: settings.reference('board'),
  kind: settings.choice(sensorKinds, 'tmp36'),
  /** In the order of the wires of its kind; an optional wire may be empty. */
  pins: settings.list(z.string(), ['A3']),
  /** Of a chip on the I2C bus; 0: the usual one. */
  address: settings.integer({ default: 0, min: 0, max: 127 }),
  /** What is left out is as its kind has it. */
  options: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
  /** Seconds between readings. */
  period: settings.number({ default: 1, min: 0.02, max: 3600 }),
  /** Empty: the node's name. */
  topic: settings.text(),
  // Both without a default: Node-RED's editor writes the defaults into nodes that are pasted, older ones too.
  format: z.literal(FORMAT).optional(),
  /** Of format 0, in place of pins. The editor saves only what is named here: it must not lose it. */
  pin: z.string().optional(),
});

/** For the dialog: the catalogue. */
export const sensors: Readonly<Record<string, SensorEntry>> = SENSORS;

/** For the dialog: a board that does not run yet. */
export { plannedBoard };

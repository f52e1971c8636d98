import { ALTIMETERS, BAROMETERS, CLIMATE, HYGROMETERS } from './sensors/air.ts';
import { LIGHT, PRESENCE, PROXIMITY } from './sensors/distance.ts';
import { INPUTS } from './sensors/input.ts';
import { ACCELEROMETERS, COMPASSES, GYROSCOPES, MOTION_UNITS } from './sensors/motion.ts';
import { THERMOMETERS } from './sensors/thermometers.ts';
import type { SensorEntry } from './types.ts';

/** Every sensor that can be read, by its kind. */
const TABLE = {
  ...THERMOMETERS,
  ...HYGROMETERS,
  ...BAROMETERS,
  ...ALTIMETERS,
  ...CLIMATE,
  ...LIGHT,
  ...ACCELEROMETERS,
  ...GYROSCOPES,
  ...COMPASSES,
  ...MOTION_UNITS,
  ...PROXIMITY,
  ...PRESENCE,
  ...INPUTS,
} as const satisfies Record<string, SensorEntry>;

export type SensorKind = keyof typeof TABLE;
export const SENSORS: Readonly<Record<SensorKind, SensorEntry>> = TABLE;
export const sensorKinds = Object.keys(SENSORS) as [SensorKind, ...SensorKind[]];

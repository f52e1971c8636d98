/** The table of actuators: what Johnny-Five and the chips it knows can drive. */
import { LAMPS } from './actuators/lamps.ts';
import { RELAYS } from './actuators/relays.ts';
import { SERVOS } from './actuators/servos.ts';
import type { ActuatorEntry } from './types.ts';

const table = { ...LAMPS, ...RELAYS, ...SERVOS };

export type ActuatorKind = keyof typeof table;
export const ACTUATORS: Readonly<Record<ActuatorKind, ActuatorEntry>> = table;
export const actuatorKinds = Object.keys(ACTUATORS) as [ActuatorKind, ...ActuatorKind[]];

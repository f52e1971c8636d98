/** The table of actuators: what Johnny-Five and the chips it knows can drive. */
import { DISPLAYS } from './actuators/displays.ts';
import { LAMPS } from './actuators/lamps.ts';
import { MOTORS } from './actuators/motors.ts';
import { RELAYS } from './actuators/relays.ts';
import { SERVOS } from './actuators/servos.ts';
import { SOUNDS } from './actuators/sounds.ts';
import type { ChosenOptions, OutputValue } from './actuators/takes.ts';
import type { ActuatorEntry } from './types.ts';

const table = { ...LAMPS, ...RELAYS, ...SERVOS, ...MOTORS, ...SOUNDS, ...DISPLAYS };

export type ActuatorKind = keyof typeof table;
export const ACTUATORS: Readonly<Record<ActuatorKind, ActuatorEntry>> = table;

/** ms between two values of an actuator at the least. */
export const paceOf = (kind: ActuatorKind): number => ACTUATORS[kind].pace ?? 20;

/** What an actuator is set to when its node stops; `undefined`: nothing, it is left as it is. */
export function safeValue(kind: ActuatorKind, options: ChosenOptions): OutputValue | undefined {
  const { safe, stop } = ACTUATORS[kind];
  return stop ? stop(options) : safe;
}

export const actuatorKinds = Object.keys(ACTUATORS) as [ActuatorKind, ...ActuatorKind[]];

import { ACTUATORS, type ActuatorKind } from './catalogue/actuators.ts';
import { errors } from './errors.ts';

const ON = new Set<unknown>([true, 1, '1', 'on', 'true', 'yes']);
const OFF = new Set<unknown>([false, 0, '0', 'off', 'false', 'no']);

/**
 * What an actuator is set to for a value that a message brings.
 *
 * @returns 0 or 1; of an LED also what lies between; of a servo degrees
 * @throws VALUE_INVALID
 */
export function actuatorValue(kind: ActuatorKind, given: unknown): number {
  const value = typeof given === 'string' ? given.trim().toLowerCase() : given;
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (kind === 'servo') {
    if (typeof number === 'number' && number >= 0 && number <= 180) return number;
  } else {
    if (ON.has(value)) return 1;
    if (OFF.has(value)) return 0;
    if (kind === 'led' && typeof number === 'number' && number >= 0 && number <= 1) return number;
  }
  const { label, range } = ACTUATORS[kind];
  throw errors.VALUE_INVALID({ component: label, value: (JSON.stringify(given) ?? 'nothing').slice(0, 80), range });
}

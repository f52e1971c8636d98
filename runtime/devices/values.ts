import { ACTUATORS, type ActuatorKind } from './catalogue/actuators.ts';
import type { ChosenOptions, OutputValue } from './catalogue/actuators/takes.ts';
import { errors } from './errors.ts';
import { shownValue } from './shown-value.ts';

/**
 * What an actuator is set to for a value that a message brings.
 *
 * @throws VALUE_INVALID
 */
export function outputValue(kind: ActuatorKind, given: unknown, options: ChosenOptions): OutputValue {
  const { label, range, takes } = ACTUATORS[kind];
  const value = takes.parse(given, options);
  if (value !== undefined) return value;
  throw errors.VALUE_INVALID({ component: label, value: shownValue(given), range: rangeOf(range, options) });
}

/** With its own bounds, where these were chosen: `an angle in degrees within its range (30 to 120)`. */
const rangeOf = (range: string, { from, to }: ChosenOptions): string =>
  typeof from === 'number' && typeof to === 'number' ? range.replace('0 to 180', `${from} to ${to}`) : range;

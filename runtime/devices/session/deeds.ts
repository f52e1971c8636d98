import { askedBy, isPulsed } from '../catalogue/actuators/pulses.ts';
import { MODE } from '../virtual/protocol.ts';
import type { Deed, PlacedChip } from '../world/types.ts';
import type { OutputWiring } from './protocol.ts';

/**
 * What a pin that was given another mode or value does to the world around the board.
 *
 * @param on what the pin was taken for: the servo that is there is one for the pulses that it gets
 */
export function deedOf(
  pin: string,
  { mode, value }: { readonly mode: number; readonly value: number },
  on?: Pick<OutputWiring, 'kind' | 'options'>,
): Deed {
  if (mode === MODE.OUTPUT) return { output: pin, value };
  if (mode === MODE.PWM) return { output: pin, value: value / 255 };
  if (mode !== MODE.SERVO) return { output: pin, value: 0 };
  return { output: pin, value: askedBy(value, on).value };
}

/**
 * What a chip that drives something does to the world. What a display shows is no deed.
 *
 * @param pulses the period of its pulses, µs, and what this output of it was taken for: a servo turns by its pulse as on a pin
 */
export function chipDeedOf(
  { chip }: PlacedChip,
  output: string,
  value: number | string,
  { period, on }: { readonly period: number; readonly on?: Pick<OutputWiring, 'kind' | 'options'> | undefined },
): Deed | undefined {
  if (typeof value !== 'number' || output === 'period') return undefined;
  const isPulse = on !== undefined && isPulsed(on.kind);
  return { output: `${chip}:${output}`, value: isPulse ? askedBy(Math.round(value * period), on).value : value };
}

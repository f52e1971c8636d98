import { askedBy } from '../catalogue/actuators/pulses.ts';
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

/** What a chip that drives something does to the world. What a display shows is no deed. */
export function chipDeedOf({ chip }: PlacedChip, output: string, value: number | string): Deed | undefined {
  return typeof value === 'number' ? { output: `${chip}:${output}`, value } : undefined;
}

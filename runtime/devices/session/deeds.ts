import { MODE } from '../virtual/protocol.ts';
import type { Deed, PlacedChip } from '../world/types.ts';

/** Johnny-Five's pulses of 0 and 180 degrees, µs; smaller numbers are degrees. */
const PULSE = { from: 600, perDegree: 10, least: 544 };

/** What a pin that was given another mode or value does to the world around the board. */
export function deedOf(pin: string, { mode, value }: { readonly mode: number; readonly value: number }): Deed {
  if (mode === MODE.OUTPUT) return { output: pin, value };
  if (mode === MODE.PWM) return { output: pin, value: value / 255 };
  if (mode !== MODE.SERVO) return { output: pin, value: 0 };
  return { output: pin, value: value < PULSE.least ? value : (value - PULSE.from) / PULSE.perDegree };
}

/** What a chip that drives something does to the world. What a display shows is no deed. */
export function chipDeedOf({ chip }: PlacedChip, output: string, value: number | string): Deed | undefined {
  return typeof value === 'number' ? { output: `${chip}:${output}`, value } : undefined;
}

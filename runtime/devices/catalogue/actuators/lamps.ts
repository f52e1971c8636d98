import type { ActuatorEntry } from '../types.ts';
import { brightness } from './takes.ts';

export const LAMPS = {
  led: {
    label: 'LED',
    group: 'LED',
    pins: [{ role: 'signal', label: 'LED', use: 'output', standard: 'D13' }],
    range: 'true or false, or a brightness from 0 to 1',
    takes: brightness,
    safe: 0,
    note: 'A resistor of about 330 Ω goes between the pin and the LED. Brightness needs a pin with PWM.',
  },
} as const satisfies Record<string, ActuatorEntry>;

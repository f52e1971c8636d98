import type { ActuatorEntry } from '../types.ts';
import { onOff } from './takes.ts';

export const RELAYS = {
  relay: {
    label: 'relay',
    group: 'relay',
    pins: [{ role: 'signal', label: 'signal', use: 'output', standard: 'D7' }],
    range: 'true or false',
    takes: onOff,
    safe: 0,
  },
} as const satisfies Record<string, ActuatorEntry>;

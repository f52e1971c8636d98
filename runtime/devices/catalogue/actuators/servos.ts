import type { ActuatorEntry } from '../types.ts';
import { angle } from './takes.ts';

export const SERVOS = {
  servo: {
    label: 'servo',
    group: 'servo',
    pins: [{ role: 'signal', label: 'signal', use: 'servo', standard: 'D9' }],
    range: 'an angle from 0 to 180 degrees',
    takes: angle(0, 180),
    safe: 90,
  },
} as const satisfies Record<string, ActuatorEntry>;

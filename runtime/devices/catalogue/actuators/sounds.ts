import type { ActuatorEntry } from '../types.ts';
import { onOff } from './takes.ts';
import { HIGHEST, LOWEST, tune } from './tune.ts';

export const SOUNDS = {
  buzzer: {
    label: 'buzzer (one tone of its own)',
    group: 'piezo',
    pins: [{ role: 'signal', label: 'Signal', use: 'output', standard: 'D8' }],
    range: 'true or false',
    takes: onOff,
    safe: 0,
    note: 'An active buzzer sounds by itself as long as the pin is high.',
  },
  piezo: {
    label: 'piezo (tones and tunes)',
    group: 'piezo',
    pins: [{ role: 'signal', label: 'Signal', use: 'output', standard: 'D8' }],
    range: `a frequency from ${LOWEST} to ${HIGHEST} Hz, {frequency, duration}, or notes such as "c4 e4 g4 -"`,
    takes: tune,
    safe: [],
    note: 'The computer makes the tone, one command a half wave: it fills the line while it sounds, and readings are late. For a warning take a buzzer.',
  },
} as const satisfies Record<string, ActuatorEntry>;

import type { SensorEntry } from './types.ts';

const signal = (use: 'analog' | 'digital', standard: string) =>
  [{ role: 'signal', label: 'signal', use, standard }] as const;

/** Every sensor that can be read, by its kind. */
export const SENSORS = {
  tmp36: {
    label: 'TMP36 thermometer',
    group: 'thermometer',
    pins: signal('analog', 'A3'),
    gives: [{ name: 'temperature', unit: '°C', min: -40, max: 125 }],
  },
  lm35: {
    label: 'LM35 thermometer',
    group: 'thermometer',
    pins: signal('analog', 'A3'),
    gives: [{ name: 'temperature', unit: '°C', min: 0, max: 150 }],
  },
  light: {
    label: 'light sensor (photoresistor)',
    group: 'light',
    pins: signal('analog', 'A4'),
    gives: [{ name: 'light', unit: '%', min: 0, max: 100 }],
  },
  potentiometer: {
    label: 'potentiometer',
    group: 'analog',
    pins: signal('analog', 'A5'),
    gives: [{ name: 'position', unit: '%', min: 0, max: 100 }],
  },
  voltage: {
    label: 'any analog sensor, as a voltage',
    group: 'analog',
    pins: signal('analog', 'A0'),
    gives: [{ name: 'voltage', unit: 'V', min: 0, max: 5 }],
  },
  switch: {
    label: 'switch (0 or 1, every period)',
    group: 'digital',
    pins: signal('digital', 'D2'),
    gives: [{ name: 'state', unit: '', min: 0, max: 1 }],
  },
  button: {
    label: 'button (0 or 1, when it changes)',
    group: 'button',
    pins: signal('digital', 'D2'),
    gives: [{ name: 'pressed', unit: '', min: 0, max: 1 }],
    onChange: true,
  },
} as const satisfies Record<string, SensorEntry>;

export type SensorKind = keyof typeof SENSORS;
export const sensorKinds = Object.keys(SENSORS) as [SensorKind, ...SensorKind[]];

/** A sensor that Johnny-Five reads, as the dialog lists it. */
export interface SensorEntry {
  readonly label: string;
  readonly unit: string;
  /** What the pin must be able to do. */
  readonly mode: 'analog' | 'digital';
  /** Where the built-in pump has one. */
  readonly pin: string;
  /** Emits when the value changes instead of once a period. */
  readonly onChange?: true;
}

export const SENSORS = {
  tmp36: { label: 'TMP36 thermometer', unit: '°C', mode: 'analog', pin: 'A3' },
  lm35: { label: 'LM35 thermometer', unit: '°C', mode: 'analog', pin: 'A3' },
  light: { label: 'light sensor (photoresistor)', unit: '%', mode: 'analog', pin: 'A4' },
  potentiometer: { label: 'potentiometer', unit: '%', mode: 'analog', pin: 'A5' },
  voltage: { label: 'any analog sensor, as a voltage', unit: 'V', mode: 'analog', pin: 'A0' },
  switch: { label: 'switch (0 or 1, every period)', unit: '', mode: 'digital', pin: 'D2' },
  button: { label: 'button (0 or 1, when it changes)', unit: '', mode: 'digital', pin: 'D2', onChange: true },
} as const satisfies Record<string, SensorEntry>;

export type SensorKind = keyof typeof SENSORS;
export const sensorKinds = Object.keys(SENSORS) as [SensorKind, ...SensorKind[]];

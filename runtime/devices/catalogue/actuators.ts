/** Something that Johnny-Five drives, as the dialog lists it. */
export interface ActuatorEntry {
  readonly label: string;
  /** What the pin must be able to do. */
  readonly mode: 'output' | 'servo';
  readonly pin: string;
  /** What it takes, in words. */
  readonly range: string;
  /** What it is set to when its node stops. */
  readonly safe: number;
}

export const ACTUATORS = {
  led: { label: 'LED', mode: 'output', pin: 'D13', range: 'true or false, or a brightness from 0 to 1', safe: 0 },
  relay: { label: 'relay', mode: 'output', pin: 'D7', range: 'true or false', safe: 0 },
  servo: { label: 'servo', mode: 'servo', pin: 'D9', range: 'an angle from 0 to 180 degrees', safe: 90 },
} as const satisfies Record<string, ActuatorEntry>;

export type ActuatorKind = keyof typeof ACTUATORS;
export const actuatorKinds = Object.keys(ACTUATORS) as [ActuatorKind, ...ActuatorKind[]];

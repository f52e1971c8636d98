import type { ChoiceSpec } from '../../controls.ts';
import { SENSOR_STATES } from '../../faults/states.ts';

/** What a message or a button may change in the pump's world, with the values of each; the first is the well one. */
export const PUMP_CONTROLS = {
  bearing: ['good', 'worn'],
  inlet: ['open', 'blocked'],
  temperatureSensor: ['good', 'drifting', 'stuck', 'dropout', 'spike', 'out of range'],
  accelerometer: SENSOR_STATES,
  /** Of the board that dates the readings. */
  clock: ['right', 'jumping'],
  season: ['none', 'daily'],
} as const;

const LABELS: Readonly<Record<keyof typeof PUMP_CONTROLS, string>> = {
  bearing: 'Bearing',
  inlet: 'Inlet',
  temperatureSensor: 'Thermometer',
  accelerometer: 'Accelerometer',
  clock: 'Clock of the board',
  season: 'Hour of the day is felt',
};

type Whole = { readonly [K in keyof typeof PUMP_CONTROLS]: (typeof PUMP_CONTROLS)[K][number] };

/** Any part of the state: what is left out stays as it is. */
export type WorldChange = { readonly [K in keyof Whole]?: Whole[K] | undefined };

const ALWAYS_NAMED = ['bearing', 'inlet', 'temperatureSensor'] as const;
type AlwaysNamed = (typeof ALWAYS_NAMED)[number];

/** How the pump is. What is not named is well. */
export type PumpState = Readonly<Pick<Whole, AlwaysNamed> & Partial<Omit<Whole, AlwaysNamed>>>;

export const WELL_PUMP: PumpState = { bearing: 'good', inlet: 'open', temperatureSensor: 'good' };

export const pumpControls: readonly ChoiceSpec[] = Object.entries(PUMP_CONTROLS).map(([name, options]) => ({
  kind: 'choice',
  name,
  label: LABELS[name as keyof Whole],
  options,
  ...((ALWAYS_NAMED as readonly string[]).includes(name) ? {} : { quiet: true }),
}));

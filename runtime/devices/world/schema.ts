import { z } from 'zod';

/** How a sensor may be broken. */
export const SENSOR_STATES = ['good', 'stuck', 'dropout', 'spike', 'out of range'] as const;
export type SensorState = (typeof SENSOR_STATES)[number];

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

export const sceneNames = ['pump'] as const;
export type SceneName = (typeof sceneNames)[number];

const state = z.strictObject({
  bearing: z.enum(PUMP_CONTROLS.bearing),
  inlet: z.enum(PUMP_CONTROLS.inlet),
  temperatureSensor: z.enum(PUMP_CONTROLS.temperatureSensor),
  accelerometer: z.enum(PUMP_CONTROLS.accelerometer),
  clock: z.enum(PUMP_CONTROLS.clock),
  season: z.enum(PUMP_CONTROLS.season),
});

/** Any part of the state: what is left out stays as it is. */
export const worldChange = state.partial();
export type WorldChange = z.infer<typeof worldChange>;

const ALWAYS_NAMED = ['bearing', 'inlet', 'temperatureSensor'] as const;
type AlwaysNamed = (typeof ALWAYS_NAMED)[number];
type Whole = z.infer<typeof state>;

/** How the pump is. What is not named is well. */
export type PumpState = Readonly<Pick<Whole, AlwaysNamed> & Partial<Omit<Whole, AlwaysNamed>>>;

export const WELL_PUMP: PumpState = { bearing: 'good', inlet: 'open', temperatureSensor: 'good' };

/** The state after a change: of what few will ever break, only what is not well is named. */
export function changed(before: PumpState, change: WorldChange): PumpState {
  const after = { ...before, ...change };
  const isNamed = ([name, value]: [string, unknown]) =>
    (ALWAYS_NAMED as readonly string[]).includes(name) || value !== PUMP_CONTROLS[name as keyof Whole][0];
  return Object.fromEntries(Object.entries(after).filter(isNamed)) as PumpState;
}

import { z } from 'zod';

/** What a message or a button may change in the pump's world, with the values of each; the first is the well one. */
export const PUMP_CONTROLS = {
  bearing: ['good', 'worn'],
  inlet: ['open', 'blocked'],
  temperatureSensor: ['good', 'drifting'],
} as const;

export const sceneNames = ['pump'] as const;
export type SceneName = (typeof sceneNames)[number];

const state = z.strictObject({
  bearing: z.enum(PUMP_CONTROLS.bearing),
  inlet: z.enum(PUMP_CONTROLS.inlet),
  temperatureSensor: z.enum(PUMP_CONTROLS.temperatureSensor),
});

export type PumpState = Readonly<z.infer<typeof state>>;

/** Any part of the state: what is left out stays as it is. */
export const worldChange = state.partial();
export type WorldChange = z.infer<typeof worldChange>;

export const WELL_PUMP: PumpState = { bearing: 'good', inlet: 'open', temperatureSensor: 'good' };

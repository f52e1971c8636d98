/** How a sensor may be broken. */
export const SENSOR_STATES = ['good', 'stuck', 'dropout', 'spike', 'out of range'] as const;
export type SensorState = (typeof SENSOR_STATES)[number];

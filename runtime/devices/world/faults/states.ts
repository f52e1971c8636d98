/** How a sensor may be broken. */
export const SENSOR_STATES = ['good', 'stuck', 'dropout', 'spike', 'out of range'] as const;
/** As above, and one that still measures, but more and more wrongly. */
export const FAULT_STATES = ['good', 'drifting', 'stuck', 'dropout', 'spike', 'out of range'] as const;
export type SensorState = (typeof FAULT_STATES)[number];

import type { Monitor, MonitorOptions } from './types.ts';

/** Makes a monitor. */
export function createMonitor(_options: MonitorOptions): Monitor {
  throw new Error('not built yet');
}

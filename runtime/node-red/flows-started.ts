import type { Red } from './red.ts';

const starting = new WeakMap<Red['events'], Promise<void>>();

/**
 * Resolves when the flows that are being started run. Before that Catch nodes are not listening: what a node reports
 * while it is set up would pass them by.
 */
export function flowsStarted({ events }: Red): Promise<void> {
  const known = starting.get(events);
  if (known) return known;
  const started = new Promise<void>((resolve) => {
    const onStarted = () => {
      events.off('flows:started', onStarted);
      starting.delete(events);
      resolve();
    };
    events.on('flows:started', onStarted);
  });
  starting.set(events, started);
  return started;
}

/** What stands around a flow under test in the place of the world: services on trial, a log that nobody reads. */
import { join } from 'node:path';
import type { Clock } from '../base/index.ts';
import { findPalette, type Log } from '../server/index.ts';
import { createServices, type Services, type Trial } from '../services/index.ts';
import type { TestRequest } from './request.ts';

/** The palette and its services; nothing where only Node-RED's own nodes are wanted. */
export async function trialServices(
  { directory, userDir, ground, palette }: TestRequest,
  clock: Clock,
  uploaded: Trial['uploaded'],
): Promise<{ palette: string; services: Services } | undefined> {
  if (!palette) return undefined;
  const folder = findPalette();
  // The user's own lie where the running Millrace keeps them; here they are only read.
  const layers = (kind: string) => [join(userDir, 'millrace', kind), join(folder, kind)];
  const services = await createServices({
    ...{ directory, clock, trial: { uploaded } },
    ...(ground ?? { models: layers('models'), recordings: layers('recordings') }),
  });
  return { palette: folder, services: holdingTime(services, clock) };
}

/** Models are read from disk and loaded by a worker: the flow's time waits for that. */
function holdingTime(services: Services, { hold }: Clock): Services {
  const { inference, models } = services;
  return {
    ...services,
    inference: { ...inference, open: (pkg) => hold(inference.open(pkg)) },
    models: { ...models, list: () => hold(models.list()), resolve: (reference) => hold(models.resolve(reference)) },
  };
}

/** Hears only of errors that belong to no node. */
export function quietLog(uncaught: (error: unknown) => void): Log {
  const nothing = () => undefined;
  return {
    info: nothing,
    warn: nothing,
    error: nothing,
    report(_level, error, origin) {
      if (origin === undefined) uncaught(error);
    },
  };
}

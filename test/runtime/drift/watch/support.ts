import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createDrift, type Drift, type Watch, type WatchObservation } from '../../../../runtime/drift/index.ts';
import { openRegistry } from '../../../../runtime/models/registry/index.ts';

export const models = openRegistry({
  layers: [join(import.meta.dirname, '../../../../flows/pump/models')],
  directory: join(import.meta.dirname, 'no-models-here'),
});

export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-drift-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** One process after the other: each has the drift of the same directory. */
export function startedIn(directory: string, more: Partial<Parameters<typeof createDrift>[0]> = {}): Drift {
  const drift = createDrift({ models, clock: systemClock, directory, ...more });
  onTestFinished(() => drift.close());
  return drift;
}

export type Message = Readonly<Record<string, unknown>>;

export async function feed(watch: Watch, messages: readonly Message[]): Promise<WatchObservation[]> {
  const seen: WatchObservation[] = [];
  for (const message of messages) seen.push(...(await watch.observe(message)));
  return seen;
}

export const eventsOf = (seen: readonly WatchObservation[]) =>
  seen.flatMap(({ event }) => (event ? `${event.kind} ${event.state}` : []));

export const coded = (code: string) => expect.objectContaining({ code }) as Error;

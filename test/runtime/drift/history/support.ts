import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createDriftStore } from '../../../../runtime/drift/history/create-store.ts';
import type { DriftPicture } from '../../../../runtime/messages/index.ts';

export async function temporaryFile(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-drift-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return join(directory, 'history.sqlite');
}

export function openedStore(file: string) {
  const store = createDriftStore(file, systemClock);
  onTestFinished(() => store.close());
  return store;
}

export const pictureAt = (time: number, more: Partial<DriftPicture> = {}): DriftPicture => ({
  ...{ format: 1, node: 'n1', name: 'drift', time, state: 'calm', since: 0, samples: 30, window: 30 },
  ...{ features: [], leftOut: [], counts: [], ...more },
});

export const pointAt = (time: number, value = 0.5, names = ['temperature']) => ({
  time,
  features: names.map((name) => ({ name, kind: 'data' as const, statistic: 'wasserstein', value, threshold: 1 })),
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type StoreOptions } from '../../../runtime/storage/index.ts';

export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-storage-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export const create = 'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)';

/** A store that is closed after the test. */
export async function openIn(directory: string, options: Partial<StoreOptions> = {}) {
  const file = join(directory, 'notes.sqlite');
  const store = await openStore({ file, application: 0x4d520001, migrations: [[create]], ...options });
  onTestFinished(() => store.close());
  return store;
}

export const insert = (...texts: (string | null)[]) => [
  { sql: 'INSERT INTO note (text) VALUES (?)', rows: texts.map((text) => [text]) },
];

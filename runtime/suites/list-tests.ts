import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MillraceError } from '../base/index.ts';
import { errors } from './errors.ts';
import { parseTest } from './parse-test.ts';
import type { Suite, TestEntry } from './types.ts';

/** Every test of the flow by name, those that cannot be run with their problem; of several of one name the most important. */
export async function listTests({ folders }: Suite): Promise<TestEntry[]> {
  const found = new Map<string, TestEntry>();
  for (const { owner, folder } of folders) {
    for (const fileName of await namesIn(folder)) {
      const name = fileName.replace(/\.json$/, '');
      if (!found.has(name)) found.set(name, { name, owner, ...(await readEntry(join(folder, fileName))) });
    }
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

async function readEntry(file: string): Promise<Pick<TestEntry, 'file' | 'test' | 'problem'>> {
  try {
    return { file, test: await readTest(file) };
  } catch (error) {
    if (error instanceof MillraceError) return { file, problem: error };
    throw error;
  }
}

/** @throws TEST_UNREADABLE, TEST_NOT_JSON, TEST_INVALID */
export async function readTest(file: string) {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw errors.TEST_UNREADABLE({ file, reason: error.message }, { cause: error });
  });
  return parseTest(file, text);
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => !entry.isDirectory() && /^[^.].*\.json$/.test(entry.name)).map(({ name }) => name);
}

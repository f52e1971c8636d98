import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FlowTest } from '../messages/index.ts';
import { errors } from './errors.ts';
import { recordingFile, recordingName } from './names.ts';
import type { Suite, TestRecording } from './types.ts';

/** What a recording may be; `.json` are the tests. */
const FORMATS = new Set(['.jsonl', '.ndjson', '.csv', '.parquet']);

/** Every recording in the folders of the flow's tests. */
export async function listRecordings({ folders }: Suite): Promise<TestRecording[]> {
  const found = new Map<string, TestRecording>();
  for (const { owner, folder } of folders) {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile() || !FORMATS.has(extname(entry.name))) continue;
      const file = join(entry.parentPath, entry.name);
      const name = recordingName(folder, file);
      if (!found.has(name)) found.set(name, { name, file, owner, bytes: (await stat(file)).size });
    }
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/**
 * The file of a recording that a test of the flow names.
 *
 * @throws TEST_RECORDING_MISSING, TEST_NAME_UNFIT
 */
export async function findRecording({ folders }: Suite, name: string): Promise<string> {
  for (const { folder } of folders) {
    const file = recordingFile(folder, name);
    const isFile = await stat(file).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isFile) return file;
  }
  throw errors.TEST_RECORDING_MISSING({ recording: name, folders: folders.map(({ folder }) => folder) });
}

/** Those that a test plays: by the names that it has for them. @throws as `findRecording` */
export async function recordingsOf(suite: Suite, { play }: FlowTest): Promise<Record<string, string>> {
  const names = new Set(play.flatMap(({ recording }) => (recording === undefined ? [] : [recording])));
  const files = await Promise.all([...names].map(async (name) => [name, await findRecording(suite, name)] as const));
  return Object.fromEntries(files);
}

import { readFile } from 'node:fs/promises';
import type { DataVersion } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import { loadTables } from '../load-tables.ts';
import { flushWaiting } from './flush.ts';
import { type IndexRows, readIndexRows } from './index-rows.ts';
import { reasonOf, type SetFiles } from './set-files.ts';
import { noVersion, versionsOf } from './summary.ts';

/** Edits by others between reading and writing: then it is done again. */
const TURNS = 10;

/**
 * Writes down which examples there are now, with their labels; their values lie in chunks, which stay as long as a version
 * names them.
 *
 * @throws DATA_SET_EMPTY, DATA_SET_UNWRITABLE
 */
export async function freezeExamples(files: SetFiles, note: string): Promise<DataVersion> {
  for (let turn = 1; ; turn++) {
    const known = await files.shape();
    if (!known) throw errors.DATA_SET_EMPTY({ name: files.name });
    await flushWaiting(files);
    const rows = await readIndexRows(files, known.shape, true);
    if (rows.ids.length === 0) throw errors.DATA_SET_EMPTY({ name: files.name });
    const before = (await versionsOf(files)).find(({ digest }) => digest === rows.digest);
    if (before) return before;
    const version = { digest: rows.digest, time: files.clock.now(), note, examples: rows.ids.length };
    if (await write(files, rows, version)) return version;
    if (turn >= TURNS) {
      throw errors.DATA_SET_UNREADABLE({ name: files.name, reason: 'its examples change too often to be frozen' });
    }
  }
}

/** @returns false if the examples were altered meanwhile */
async function write(
  files: SetFiles,
  rows: IndexRows,
  { digest, time, note, examples }: DataVersion,
): Promise<boolean> {
  const { digestOf, encodeVersion, writeWhole } = await loadTables();
  const bytes = encodeVersion(rows);
  const path = files.versionPath(digest);
  try {
    await writeWhole(path, bytes);
  } catch (cause) {
    throw errors.DATA_SET_UNWRITABLE({ path, reason: reasonOf(cause) }, { cause });
  }
  const changes = await files.write([
    {
      sql: `INSERT OR IGNORE INTO versions (digest, time, note, examples, bytes, file) SELECT ?, ?, ?, ?, ?, ?
              WHERE (SELECT edits FROM change) = ?`,
      values: [digest, time, note, examples, bytes.byteLength, digestOf(bytes), rows.edits],
    },
    {
      sql: `INSERT OR IGNORE INTO version_chunks (version, chunk) SELECT ?, ? WHERE (SELECT edits FROM change) = ?`,
      rows: [...new Set(rows.chunks)].map((chunk) => [digest, chunk, rows.edits]),
    },
  ]);
  return changes > 0;
}

/** @throws DATA_VERSION_NOT_FOUND, DATA_SET_UNREADABLE */
export async function readVersion(files: SetFiles, version: string): Promise<IndexRows> {
  const [found] = await files.read('SELECT digest, file FROM versions WHERE digest = ?', [version]);
  if (!found) throw await noVersion(files, version);
  const { decodeVersion, digestOf } = await loadTables();
  const path = files.versionPath(version);
  try {
    const bytes = await readFile(path);
    if (digestOf(bytes) !== found['file']) throw new Error('it is not what was written: the disk has altered it');
    return { ...(await decodeVersion(bytes)), digest: version };
  } catch (cause) {
    throw errors.DATA_SET_UNREADABLE({ name: files.name, reason: `${path}: ${reasonOf(cause)}` }, { cause });
  }
}

import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { errors } from '../errors.ts';
import { ChunkGone, chunkValues, reasonOf, type SetFiles } from './set-files.ts';
import type { Verified } from './types.ts';

/**
 * Reads every chunk.
 *
 * @param mend takes out the examples whose values are lost; versions that hold them cannot be loaded any more
 */
export async function verifyFiles(files: SetFiles, mend: boolean): Promise<Verified> {
  if (mend && files.shipped) throw errors.DATA_SET_SHIPPED({ name: files.name });
  const known = await files.shape();
  if (!known) return { files: 0, damaged: [] };
  const chunks = await files.read(
    'SELECT id, (SELECT count(*) FROM examples WHERE chunk = chunks.id) AS examples FROM chunks ORDER BY id',
  );
  const damaged: Verified['damaged'][number][] = [];
  for (const row of chunks) {
    const chunk = Number(row['id']);
    try {
      await chunkValues(files, known.shape, chunk);
    } catch (error) {
      if (error instanceof ChunkGone) continue;
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      const path = files.chunkPath(chunk);
      damaged.push({ file: basename(path), reason: reasonOf(cause), examples: Number(row['examples']) });
      if (mend) await takeOut(files, chunk, path);
    }
  }
  return { files: chunks.length, damaged };
}

async function takeOut(files: SetFiles, chunk: number, path: string): Promise<void> {
  await files.write([
    { sql: 'UPDATE change SET edits = edits + 1' },
    { sql: 'DELETE FROM examples WHERE chunk = ?', values: [chunk] },
    { sql: 'DELETE FROM chunks WHERE id = ?', values: [chunk] },
  ]);
  await rm(path, { force: true });
}

import { rm } from 'node:fs/promises';
import type { ExampleChoice, TruthLabel } from '../../messages/index.ts';
import type { Statement } from '../../storage/index.ts';
import { errors } from '../errors.ts';
import { conditionsOf } from './choice.ts';
import { normaliseLabel } from './label.ts';
import { bytesOf } from './add.ts';
import { chunkValues, type SetFiles } from './set-files.ts';
import { widthOf } from './shape.ts';
import { noVersion, versionsOf } from './summary.ts';

const EDITED: Statement = { sql: 'UPDATE change SET edits = edits + 1' };

/** @returns how many have this label now that had another one */
export async function relabelExamples(files: SetFiles, choice: ExampleChoice, to: TruthLabel | null): Promise<number> {
  if (files.shipped) throw errors.DATA_SET_SHIPPED({ name: files.name });
  const label = normaliseLabel(to);
  const changed = await files.write([
    EDITED,
    ...conditionsOf(choice).map(({ sql, values }) => ({
      sql: `UPDATE examples SET label = ? WHERE ${sql} AND label IS NOT ?`,
      values: [label, ...values, label],
    })),
  ]);
  return changed - 1;
}

/** What frozen versions hold stays; the rest of the values goes with its chunk. @returns how many */
export async function removeExamples(files: SetFiles, choice: ExampleChoice): Promise<number> {
  if (files.shipped) throw errors.DATA_SET_SHIPPED({ name: files.name });
  let removed = 0;
  for (const { sql, values } of conditionsOf(choice)) {
    const before = await countOf(files);
    await files.write([
      EDITED,
      { sql: `DELETE FROM waiting WHERE id IN (SELECT id FROM examples WHERE ${sql})`, values },
      { sql: `DELETE FROM examples WHERE ${sql}`, values },
    ]);
    removed += before - (await countOf(files));
  }
  await forgetEmptyShape(files);
  await files.inTurn(() => thinOut(files));
  await sweep(files);
  return removed;
}

const countOf = async (files: SetFiles) =>
  Number((await files.read('SELECT count(*) AS n FROM examples'))[0]?.['n'] ?? 0);

/** What holds nothing can be begun anew, with examples of another shape. */
async function forgetEmptyShape(files: SetFiles): Promise<void> {
  const none = ['examples', 'versions', 'arriving'].map((table) => `NOT EXISTS (SELECT 1 FROM ${table})`).join(' AND ');
  const gone = await files.write([{ sql: `DELETE FROM meta WHERE key IN ('shape', 'recipe') AND ${none}` }]);
  if (gone > 0) files.forgetShape();
}

/** @throws DATA_VERSION_NOT_FOUND */
export async function removeVersion(files: SetFiles, version: string): Promise<void> {
  if (files.shipped) throw errors.DATA_SET_SHIPPED({ name: files.name });
  if (!(await versionsOf(files)).some(({ digest }) => digest === version)) throw await noVersion(files, version);
  await files.write([
    { sql: 'DELETE FROM version_chunks WHERE version = ?', values: [version] },
    { sql: 'DELETE FROM versions WHERE digest = ?', values: [version] },
  ]);
  await rm(files.versionPath(version), { force: true });
  await forgetEmptyShape(files);
  await files.inTurn(() => thinOut(files));
  await sweep(files);
}

/**
 * Chunks of which most examples are gone, and that no version needs: the examples that are left wait in the index for the next
 * chunk, so that what was removed does not lie on the disk for ever.
 */
async function thinOut(files: SetFiles): Promise<void> {
  const known = await files.shape();
  if (!known) return;
  const width = widthOf(known.shape);
  const unversioned = 'NOT EXISTS (SELECT 1 FROM version_chunks WHERE chunk = chunks.id)';
  const sparse = await files.read(
    `SELECT id, rows, (SELECT count(*) FROM examples WHERE chunk = chunks.id) AS used FROM chunks
       WHERE ${unversioned} AND used > 0 AND used * 2 < rows`,
  );
  for (const row of sparse) {
    const chunk = Number(row['id']);
    const values = await chunkValues(files, known.shape, chunk).catch(() => undefined);
    if (!values) continue;
    const used = await files.read('SELECT id, row FROM examples WHERE chunk = ?', [chunk]);
    const still =
      'EXISTS (SELECT 1 FROM chunks WHERE id = ?) AND NOT EXISTS (SELECT 1 FROM version_chunks WHERE chunk = ?)';
    await files.write([
      EDITED,
      {
        sql: `INSERT INTO waiting (id, data) SELECT id, ? FROM examples WHERE id = ? AND chunk = ? AND ${still}`,
        rows: used.map(({ id, row: place }) => {
          const from = Number(place) * width;
          return [bytesOf(values.slice(from, from + width)), Number(id), chunk, chunk, chunk];
        }),
      },
      {
        sql: `UPDATE examples SET chunk = NULL, row = NULL WHERE chunk = ? AND ${still}`,
        values: [chunk, chunk, chunk],
      },
    ]);
  }
}

/** Removes the chunks that neither an example nor a version uses any more. */
export async function sweep(files: SetFiles): Promise<void> {
  const unused = `NOT EXISTS (SELECT 1 FROM examples WHERE chunk = chunks.id)
    AND NOT EXISTS (SELECT 1 FROM version_chunks WHERE chunk = chunks.id)
    AND NOT EXISTS (SELECT 1 FROM arriving WHERE chunk = chunks.id)`;
  for (const { id } of await files.read(`SELECT id FROM chunks WHERE ${unused}`)) {
    const gone = await files.write([{ sql: `DELETE FROM chunks WHERE id = ? AND ${unused}`, values: [Number(id)] }]);
    if (gone > 0) await rm(files.chunkPath(Number(id)), { force: true });
  }
}

import type { DataSetRow, DataVersion, TruthLabel } from '../../messages/index.ts';
import type { MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import type { SetFiles } from './set-files.ts';

/** One row of the list. */
export async function summarise(files: SetFiles): Promise<DataSetRow> {
  const known = await files.shape();
  const labels = await files.read('SELECT label, count(*) AS n FROM examples GROUP BY label ORDER BY n DESC, label');
  const [facts = {}] = await files.read(
    `SELECT (SELECT count(*) FROM examples) AS examples, (SELECT count(DISTINCT run) FROM examples) AS groups,
       (SELECT max(added) FROM examples) AS changed, (SELECT coalesce(sum(bytes), 0) FROM chunks) AS chunks,
       (SELECT coalesce(sum(length(data)), 0) FROM waiting) AS waiting,
       (SELECT coalesce(sum(bytes), 0) FROM versions) AS versions`,
  );
  const changed = facts['changed'];
  return {
    name: files.name,
    ...(known && { kind: known.shape.kind }),
    columns: [...(known?.shape.columns ?? [])],
    ...(known?.shape.window && { window: { ...known.shape.window } }),
    ...(known?.shape.recipe !== undefined && { recipe: known.shape.recipe }),
    examples: Number(facts['examples']),
    labels: labels.map(({ label, n }) => ({ label: label as TruthLabel | null, examples: Number(n) })),
    groups: Number(facts['groups']),
    bytes: Number(facts['chunks']) + Number(facts['waiting']) + Number(facts['versions']),
    ...(typeof changed === 'number' && { changed }),
    versions: await versionsOf(files),
    shipped: files.shipped,
  };
}

/** Newest first. */
export async function versionsOf(files: SetFiles): Promise<DataVersion[]> {
  const rows = await files.read('SELECT digest, time, note, examples FROM versions ORDER BY time DESC, digest');
  return rows.map(({ digest, time, note, examples }) => ({
    digest: String(digest),
    time: Number(time),
    note: String(note),
    examples: Number(examples),
  }));
}

/** The error for a version that is not there. */
export async function noVersion(files: SetFiles, version: string): Promise<MillraceError> {
  const known = (await versionsOf(files)).map(({ digest }) => digest.slice(0, 12));
  return errors.DATA_VERSION_NOT_FOUND({ name: files.name, version, known: known.join(', ') || 'none' });
}

import { toPlainError } from '../../base/index.ts';
import { leadsTo, readAliases } from './aliases.ts';
import { errors } from './errors.ts';
import type { FoundEntry } from './find-entries.ts';
import { storedIn } from './find-entries.ts';
import type { RegistryIndex } from './index-file.ts';

/**
 * What folders cannot say beside what they say: notes, aliases, when a version came. A version of which the index knows but
 * whose folder is gone stands among them as a broken one.
 */
export async function withIndexRows(
  index: RegistryIndex,
  layers: readonly string[],
  directory: string,
  entries: readonly FoundEntry[],
): Promise<FoundEntry[]> {
  const [versions, notes, aliases] = await Promise.all([
    index.versions(),
    index.notes(),
    // Whoever asks for an alias of a layer is told what is wrong with its file; the versions can be listed.
    readAliases(index, layers).catch(() => readAliases(index, [])),
  ]);
  const rows = new Map(versions.map((row) => [row.digest, row]));
  const lost = versions.map(({ digest, name, version }): FoundEntry => {
    const error = toPlainError(errors.VERSION_DAMAGED({ name, version, problem: 'its files are gone' }));
    const folder = `${storedIn(directory)}/${digest}`;
    return { name, version, digest, directory: folder, origin: 'own', stored: true, aliases: [], error };
  });
  const found = new Set(entries.map(({ digest }) => digest));
  return [...entries, ...lost.filter(({ digest }) => !found.has(digest))].map((entry) => {
    const row = entry.stored ? rows.get(entry.digest ?? '') : undefined;
    const known = { ...entry, ...(row && { name: row.name, version: row.version, added: row.added }) };
    const note = notes.get(entry.digest ?? '');
    const names = aliases.filter((alias) => leadsTo(alias, known)).map(({ alias }) => alias);
    return { ...known, aliases: names.sort(), ...(note !== undefined && { note }) };
  });
}

import { basename, dirname, join, relative, sep } from 'node:path';
import { toPlainError } from '../../base/index.ts';
import type { RegistryEntry } from './entry.ts';
import { referenceTo } from './entry.ts';
import { errors } from './errors.ts';
import { findPackages } from './find-packages.ts';
import type { PackageCache } from './package-cache.ts';

/** Where `put` keeps versions, in folders named by their digest. */
export const storedIn = (directory: string): string => join(directory, 'versions');

export interface FoundEntry extends RegistryEntry {
  /** Put there by the registry, not by hand. */
  readonly stored: boolean;
}

/** Every package below the directories, the most important first: stored, put there by hand, shipped. */
export async function findEntries(
  cache: PackageCache,
  { layers, directory }: { readonly layers: readonly string[]; readonly directory: string },
): Promise<FoundEntry[]> {
  const entriesIn = async (root: string, origin: RegistryEntry['origin']) =>
    await Promise.all((await findPackages(root)).map((path) => entryOf(cache, root, path, origin)));
  const [own = [], ...shipped] = await Promise.all([
    entriesIn(directory, 'own'),
    ...layers.map((layer) => entriesIn(layer, 'shipped')),
  ]);
  return [...own.filter(({ stored }) => stored), ...own.filter(({ stored }) => !stored), ...shipped.flat()];
}

/** Of the same name and version only the first; broken ones all. */
export function visible(entries: readonly FoundEntry[]): FoundEntry[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const key = entry.error ? entry.directory : referenceTo(entry);
    return !seen.has(key) && seen.add(key);
  });
}

async function entryOf(
  cache: PackageCache,
  root: string,
  path: string,
  origin: RegistryEntry['origin'],
): Promise<FoundEntry> {
  const stored = origin === 'own' && dirname(path) === storedIn(root);
  const held = { directory: path, origin, stored, aliases: [] };
  try {
    const { manifest, digest, bytes } = await cache.identify(path);
    const { name, version, task, metrics } = manifest;
    const accuracy = metrics?.accuracy;
    if (stored && digest !== basename(path)) {
      throw errors.VERSION_DAMAGED({ name, version, problem: 'its model.json was changed after it was stored' });
    }
    return { ...held, name, version, digest, task, bytes, ...(accuracy !== undefined && { accuracy }) };
  } catch (thrown) {
    const [name = path, version] = relative(root, path).split(sep);
    // The folder of a stored one says only its digest.
    const said = stored ? { name: basename(path), version: undefined } : { name, version };
    return { ...held, ...said, digest: stored ? basename(path) : undefined, error: toPlainError(thrown) };
  }
}

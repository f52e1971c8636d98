import { join } from 'node:path';
import type { Clock } from '../../base/index.ts';
import { type PackageParts, readFiles, readPackage, sealPackage, writeFiles } from '../package/index.ts';
import { checkVersion } from './check-names.ts';
import { errors } from './errors.ts';
import { type FoundEntry, storedIn } from './find-entries.ts';
import type { RegistryIndex } from './index-file.ts';
import { nextVersion } from './next-version.ts';
import { removeFolder } from './remove-folder.ts';

export interface StoreRequest {
  /** The parts of a package, or the directory of one, which is copied to the byte. */
  readonly source: PackageParts | string;
  /** What is there already. */
  readonly entries: readonly FoundEntry[];
  readonly directory: string;
  readonly index: RegistryIndex;
  readonly clock: Clock;
}

export interface StoredVersion {
  readonly name: string;
  readonly version: string;
  readonly digest: string;
}

/**
 * Writes the files, then the row: whoever is ended between leaves a whole version, which the next one adopts.
 *
 * @throws VERSION_TAKEN, VERSION_INVALID, or what models/package says of the source
 */
export async function storePackage(request: StoreRequest): Promise<StoredVersion> {
  const { source, entries, directory, index, clock } = request;
  const { pkg, files } = typeof source === 'string' ? await readFiles(source) : sealPackage(source);
  const { name, version } = pkg.manifest;
  const { digest } = pkg;
  checkVersion(version);

  const free = () => nextVersion([version, ...entries.filter((e) => e.name === name).map((e) => e.version ?? '')]);
  const taken = (by: string) => errors.VERSION_TAKEN({ name, version, digest: by, free: free() });
  const held = entries.filter((entry) => entry.name === name && entry.version === version);
  const other = held.find((entry) => entry.digest !== undefined && entry.digest !== digest);
  if (other) throw taken(other.digest ?? '');
  if (held.some((entry) => !entry.stored && !entry.error)) return { name, version, digest };

  const folder = join(storedIn(directory), digest);
  await writeFiles(folder, files, 'keep');
  // The same bytes mend what was damaged.
  await readPackage(folder).catch(() => writeFiles(folder, files, 'replace'));
  const row = await index.add({ digest, name, version, added: clock.now() });
  if (row && row.digest !== digest) {
    // Another process was quicker.
    await removeFolder(folder);
    throw taken(row.digest);
  }
  return { name, version, digest };
}

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelPackage, readPackage } from '../package/index.ts';

export interface PackageIdentity {
  readonly name: string;
  readonly version: string;
  readonly digest: string;
}

/** Packages by directory, read again only when a file in it has changed. */
export interface PackageCache {
  /** @throws what readPackage throws, also from memory */
  identify(directory: string): Promise<PackageIdentity>;
  /** @throws what readPackage throws */
  read(directory: string): Promise<ModelPackage>;
}

interface Cached {
  readonly stamp: string;
  readonly identity: Promise<PackageIdentity>;
  /** Shared while someone uses it: a model that is only listed must not stay in memory. */
  pkg?: WeakRef<ModelPackage>;
}

export function createPackageCache(): PackageCache {
  const cached = new Map<string, Cached>();

  const load = (directory: string, stamp: string) => {
    const reading = readPackage(directory);
    const identity = reading.then((pkg) => {
      entry.pkg = new WeakRef(pkg);
      return { name: pkg.manifest.name, version: pkg.manifest.version, digest: pkg.digest };
    });
    identity.catch(() => undefined);
    const entry: Cached = { stamp, identity };
    cached.set(directory, entry);
    return { entry, reading };
  };

  const known = (directory: string, stamp: string) => {
    const entry = cached.get(directory);
    return entry?.stamp === stamp ? entry : undefined;
  };

  return {
    async identify(directory) {
      const stamp = await stampOf(directory);
      return await (known(directory, stamp) ?? load(directory, stamp).entry).identity;
    },
    async read(directory) {
      const stamp = await stampOf(directory);
      return known(directory, stamp)?.pkg?.deref() ?? (await load(directory, stamp).reading);
    },
  };
}

/** Name, size and time of change of every file: any of them may be the one that was damaged or mended. */
async function stampOf(directory: string): Promise<string> {
  const names = await readdir(directory).catch(() => []);
  const files = names.sort().map(async (name) => {
    const { size, mtimeMs } = await stat(join(directory, name));
    return `${name} ${size} ${mtimeMs}`;
  });
  return (await Promise.all(files).catch(() => [])).join('\n');
}

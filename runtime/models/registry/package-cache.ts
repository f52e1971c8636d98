import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelPackage, readManifest, type ReadManifest, readPackage } from '../package/index.ts';

/** Packages by directory, read again only when a file in it has changed. */
export interface PackageCache {
  /**
   * What its model.json says. Its other files are there, but were not read.
   *
   * @throws what readManifest throws, also from memory
   */
  identify(directory: string): Promise<ReadManifest>;
  /**
   * Reads all of it, and remembers only that it is sound.
   *
   * @throws what readPackage throws, also from memory
   */
  check(directory: string): Promise<void>;
  /** @throws what readPackage throws */
  read(directory: string): Promise<ModelPackage>;
}

interface Cached {
  readonly stamp: string;
  readonly identity: Promise<ReadManifest>;
  sound?: Promise<void>;
  /** Shared while someone uses it: a model that is only listed must not stay in memory. */
  pkg?: WeakRef<ModelPackage>;
  /** By those who ask meanwhile, too. */
  reading?: Promise<ModelPackage>;
}

export function createPackageCache(): PackageCache {
  const cached = new Map<string, Cached>();

  const entry = async (directory: string): Promise<Cached> => {
    const stamp = await stampOf(directory);
    const held = cached.get(directory);
    if (held?.stamp === stamp) return held;
    const identity = readManifest(directory);
    identity.catch(() => undefined);
    const made: Cached = { stamp, identity };
    cached.set(directory, made);
    return made;
  };

  const load = async (held: Cached, directory: string): Promise<ModelPackage> => {
    const shared = held.pkg?.deref();
    if (shared) return shared;
    held.reading ??= readPackage(directory).finally(() => delete held.reading);
    const loaded = await held.reading;
    held.pkg = new WeakRef(loaded);
    return loaded;
  };

  return {
    identify: async (directory) => await (await entry(directory)).identity,
    async check(directory) {
      const held = await entry(directory);
      held.sound ??= load(held, directory).then(() => undefined);
      await held.sound;
    },
    read: async (directory) => await load(await entry(directory), directory),
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

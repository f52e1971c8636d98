import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The folders below `root` that hold a model.json: `NAME/` or `NAME/VERSION/`.
 *
 * @returns sorted; empty where `root` does not exist
 */
export async function findPackages(root: string): Promise<string[]> {
  const found = await Promise.all(
    (await folders(root)).map(async (folder) => {
      if (await holdsPackage(folder)) return [folder];
      const versions = await folders(folder);
      const held = await Promise.all(versions.map(holdsPackage));
      return versions.filter((_, i) => held[i]);
    }),
  );
  return found.flat();
}

async function folders(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .filter((entry) => !entry.name.includes(PARTIAL))
    .map((entry) => join(directory, entry.name))
    .sort();
}

/** In the name of a folder that writePackage has not finished. */
export const PARTIAL = '.partial-';

const holdsPackage = (directory: string) =>
  stat(join(directory, 'model.json')).then(
    () => true,
    () => false,
  );

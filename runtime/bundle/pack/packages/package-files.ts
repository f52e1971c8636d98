import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { TarEntry } from '../../tar/write-tar.ts';

/** Not part of a package, whatever is in them. */
const LEFT_OUT = new Set(['.git', '.DS_Store', '.package-lock.json']);

/**
 * The files of an installed package, as npm has them in a tarball: below `package/`, sorted. What it needs lies in packages of
 * its own. Links are followed within the package, and left out where they lead elsewhere.
 */
export async function packageFiles(directory: string): Promise<TarEntry[]> {
  const root = await realpath(directory);
  const entries: TarEntry[] = [];

  const walk = async (folder: string, inside: string): Promise<void> => {
    for (const name of (await readdir(folder)).sort()) {
      if (LEFT_OUT.has(name) || (inside === '' && name === 'node_modules')) continue;
      const file = join(folder, name);
      const real = await realpath(file).catch(() => undefined);
      if (real === undefined || !real.startsWith(root + sep)) continue;
      const facts = await stat(real);
      const path = inside === '' ? name : `${inside}/${name}`;
      // A link to a folder around itself would have no end.
      if (facts.isDirectory() && !`${file}${sep}`.startsWith(`${real}${sep}${name}`)) await walk(file, path);
      if (!facts.isFile()) continue;
      const executable = (facts.mode & 0o111) !== 0;
      entries.push({ path: `package/${path}`, bytes: await readFile(real), executable });
    }
  };
  await walk(root, '');
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whether the build is out of date: by what the sources hold, not by when they were written. */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dist, root } from './paths.ts';

const SOURCES = [
  'runtime',
  'nodes',
  'editor',
  'flows',
  'scripts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'README.md',
];
const STAMP = join(dist, 'built');

export async function sourceDigest(): Promise<string> {
  const files: string[] = [];
  for (const source of SOURCES) {
    const path = join(root, source);
    const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
    if (!entries) files.push(path);
    else files.push(...entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)));
  }
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(file.slice(root.length)).update(await readFile(file).catch(() => ''));
  return hash.digest('hex');
}

const builtDigest = (): Promise<string | undefined> => readFile(STAMP, 'utf8').catch(() => undefined);

/** Whether the sources have changed since the last build. */
export const isStale = async (): Promise<boolean> => (await builtDigest()) !== (await sourceDigest());
export const stamp = (digest: string): Promise<void> => writeFile(STAMP, digest);

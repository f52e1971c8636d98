import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { MODULES_FOLDER } from '../names.ts';
import { readPieces } from '../read/content-of.ts';
import { canonicalLine, canonicalText } from '../sorted-json.ts';
import type { OpenBundle } from '../types.ts';

/** Beside the installed packages: what was installed, so that a start need not do it again. */
export const STAMP = '.millrace.json';
const STAMP_FORMAT = 2;

/** What the node packages in a folder are, and the SHA-256 of those of all their files. */
export async function stampOf({ manifest }: Pick<OpenBundle, 'manifest'>, modules: string): Promise<string> {
  const packages = Object.fromEntries(manifest.packages.map(({ path, integrity }) => [path, integrity]));
  const files = createHash('sha256')
    .update(canonicalLine(await digestsIn(modules)))
    .digest('hex');
  return canonicalText({ format: STAMP_FORMAT, packages, files });
}

/**
 * How the node packages of an unpacked bundle stand: a disk may spoil them after they were installed.
 *
 * @returns `damaged` where a file is another one than was installed, is missing, or is too many
 */
export async function installedState(bundle: OpenBundle): Promise<'none' | 'whole' | 'damaged'> {
  const modules = join(bundle.source, MODULES_FOLDER);
  try {
    const stamp = await readFile(join(modules, STAMP), 'utf8');
    return stamp === (await stampOf(bundle, modules)) ? 'whole' : 'damaged';
  } catch {
    const there = await readdir(modules).catch((error: NodeJS.ErrnoException) => error.code !== 'ENOENT');
    return there === false ? 'none' : 'damaged';
  }
}

async function digestsIn(modules: string): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const file = join(folder, entry.name);
      const path = relative(modules, file).split(sep).join('/');
      if (entry.isDirectory()) await visit(file);
      else if (path !== STAMP) digests[path] = entry.isFile() ? await digestOf(modules, file) : 'no plain file';
    }
  };
  await visit(modules);
  return digests;
}

async function digestOf(modules: string, file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of readPieces(modules, file)) hash.update(piece);
  return hash.digest('hex');
}

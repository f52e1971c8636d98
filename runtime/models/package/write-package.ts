import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../base/index.ts';
import type { ModelPackage, PackageParts } from './package.ts';
import { readPackage } from './read-package.ts';
import { sealPackage } from './seal-package.ts';

/**
 * Writes a model package in the place of whatever lies there. The directory appears whole or not at all.
 *
 * @returns the package as it was read back
 * @throws {z.ZodError} if the manifest is not valid
 */
export async function writePackage(directory: string, parts: PackageParts): Promise<ModelPackage> {
  await writeFiles(directory, sealPackage(parts).files, 'replace');
  return readPackage(directory);
}

/**
 * Writes the files of a package into a directory that appears whole or not at all.
 *
 * @param held what becomes of a directory that is there already
 */
export async function writeFiles(
  directory: string,
  files: ReadonlyMap<string, Uint8Array>,
  held: 'replace' | 'keep',
): Promise<void> {
  const partial = `${directory}.partial-${newId()}`;
  await mkdir(partial, { recursive: true });
  try {
    for (const [name, bytes] of files) await writeFile(join(partial, name), bytes, { flush: true });
    if (held === 'replace') await rm(directory, { recursive: true, force: true });
    await rename(partial, directory).catch((error: unknown) => {
      if (held === 'replace' || !IS_THERE.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

// What a rename onto a directory with files in it answers; EPERM on Windows.
const IS_THERE = new Set(['ENOTEMPTY', 'EEXIST', 'EPERM']);

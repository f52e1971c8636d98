/** Takes out the modules that only a bundled worker used: it brings them along in its own file. */
import { readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { reachable } from './imports.ts';
import { palettePackage } from './paths.ts';

/** @param bundled the workers that are one file, with all they need */
export async function pruneBundled(bundled: readonly string[]): Promise<void> {
  const runtime = join(palettePackage, 'runtime');
  const files = (await readdir(runtime, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name));
  const isBundled = (file: string) => bundled.some((name) => file.endsWith(name));
  // A room's doors, and the files of its workers and processes: what is used from outside by name.
  // An index further in is only what its neighbours in the room import.
  const isDoor = (file: string) => /^(models\/)?[^/]+\/(index|schema)\.js$|-(worker|process)\.js$/.test(file);
  const doors = files.filter((file) => isDoor(relative(runtime, file)) && !isBundled(file));
  const used = reachable(doors);
  await Promise.all(files.filter((file) => !used.has(file) && !isBundled(file)).map((file) => rm(file)));
}

/** Spreads the compiled rooms over the two packages, and points the second at the first. */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, posix, relative } from 'node:path';
import { compiled, palettePackage, root, studioPackage } from './paths.ts';

/** The rooms of millrace-studio: the server, the command and what only they need. All others are in millrace. */
export const STUDIO_ROOMS = ['server', 'cli', 'bundle', 'doctor', 'flow-test', 'gateways', 'rollout'];

export async function spreadRooms(): Promise<void> {
  const rooms = await readdir(join(compiled, 'runtime'));
  for (const room of rooms) {
    const source = join(compiled, 'runtime', room);
    if (STUDIO_ROOMS.includes(room)) await copyPointing(source, join(studioPackage, 'runtime', room));
    else await cp(source, join(palettePackage, 'runtime', room), { recursive: true });
  }
  await cp(join(compiled, 'nodes'), join(palettePackage, 'nodes'), { recursive: true });
  // For real boards: the emulated one has its own copy in its worker.
  const firmware = 'runtime/devices/firmware';
  for (const file of ['uno.hex', 'README.md'])
    await cp(join(root, firmware, file), join(palettePackage, firmware, file));
}

/** Copies a room; what it imports from a room of the other package it now imports from `millrace/…`. */
async function copyPointing(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(to, relative(from, source));
    await mkdir(dirname(target), { recursive: true });
    const place = posix.normalize(relative(compiled, dirname(source)).replaceAll('\\', '/'));
    await writeFile(target, pointAtPalette(await readFile(source, 'utf8'), place));
  }
}

/** @param place the module's folder, relative to the sources' root */
export function pointAtPalette(code: string, place: string): string {
  return code.replace(
    /(\bfrom\s+|\bimport\(\s*|\bimport\s+)(['"])(\.\.?\/[^'"]+)\2/g,
    (all, before: string, quote: string, specifier: string) => {
      const target = posix.normalize(posix.join(place, specifier));
      const [top, room] = target.split('/');
      if (top === 'nodes') return `${before}${quote}millrace/${target}${quote}`;
      if (top !== 'runtime' || room === undefined || STUDIO_ROOMS.includes(room)) return all;
      return `${before}${quote}millrace/${target.replace(/\/index\.js$/, '')}${quote}`;
    },
  );
}

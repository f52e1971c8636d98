/**
 * Gathers the modules of a package in few files. A gateway reads some 1,300 small modules in twice the time of the same code in
 * a few dozen, and needs 20 MB more to hold them. What is imported from outside keeps its path and leads to the code in `lib/`.
 */
import { readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, posix, relative } from 'node:path';
import { build, type Plugin } from 'vite';
import { asciiOnly } from './ascii.ts';
import { builtinsByCall } from './builtins.ts';
import { outputsOf } from './modules-of.ts';
import { palettePackage, studioPackage } from './paths.ts';

/** All code lies in this one folder, so that what lies beside a source is found from there. */
const LIB = 'lib';
/** It is one file already, with the libraries that it brings along. */
const BUNDLED = 'runtime/devices/board-worker.js';

/** A room's doors, the files of its workers and processes, and what Node-RED loads. */
const PALETTE_DOOR =
  /^runtime\/(models\/)?[^/]+\/(index|schema)\.js$|^runtime\/vendor\/|-(worker|process)\.js$|^nodes\/millrace\.js$/;
/** The command, and the processes that it starts. */
const STUDIO_DOOR = /^runtime\/cli\/(main|index)\.js$|-(worker|process)\.js$|\/child\.js$/;

export async function gatherRooms(): Promise<void> {
  await gather(palettePackage, PALETTE_DOOR);
  await gather(studioPackage, STUDIO_DOOR);
}

async function gather(folder: string, door: RegExp): Promise<void> {
  const modules = (await modulesIn(folder)).filter((path) => path !== BUNDLED);
  const doors = modules.filter((path) => door.test(path));
  const nameOf = (path: string) => path.replace(/\.js$/, '').replaceAll('/', '-');
  const output = await build({
    root: folder,
    configFile: false,
    logLevel: 'warn',
    plugins: [within(folder)],
    build: {
      ssr: true,
      outDir: join(folder, LIB),
      minify: false,
      target: 'node22',
      copyPublicDir: false,
      rolldownOptions: {
        // A room's door brings no module along of which nobody uses anything.
        treeshake: { moduleSideEffects: false },
        input: Object.fromEntries(doors.map((path) => [nameOf(path), join(folder, path)])),
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          // Doc comments are for who reads the sources.
          comments: false,
        },
      },
    },
  });
  await Promise.all(modules.map((path) => rm(join(folder, path))));
  const exported = new Map<string, readonly string[]>();
  for (const part of outputsOf(output)) {
    if (part.type !== 'chunk') continue;
    if (part.isEntry) exported.set(part.name, part.exports);
    const file = join(folder, LIB, part.fileName);
    await writeFile(file, asciiOnly(builtinsByCall(await readFile(file, 'utf8'))));
  }
  for (const path of doors) {
    const name = nameOf(path);
    await writeFile(join(folder, path), doorTo(path, name, exported.get(name) ?? []));
  }
  await removeEmptyFolders(folder);
}

/** A tarball would not bring them: what looks for one has to miss it here too. */
async function removeEmptyFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const inner = join(folder, entry.name);
    await removeEmptyFolders(inner);
    if ((await readdir(inner)).length === 0) await rmdir(inner);
  }
}

/** Packages stay outside; a module finds what lies beside its source although its code lies elsewhere. */
function within(folder: string): Plugin {
  return {
    name: 'within-the-package',
    enforce: 'pre',
    resolveId: (specifier) => (/^[./]/.test(specifier) ? undefined : { id: specifier, external: true }),
    transform: (code, id) => {
      const path = relative(folder, id).replaceAll('\\', '/');
      return code.replaceAll('import.meta.url', `new URL("../${path}", import.meta.url).href`);
    },
  };
}

function doorTo(path: string, name: string, exported: readonly string[]): string {
  const from = `'${posix.relative(dirname(path), `${LIB}/${name}.js`)}'`;
  const lines = [
    ...(path.endsWith('cli/main.js') ? ['#!/usr/bin/env node'] : []),
    exported.length === 0 ? `import ${from};` : `export * from ${from};`,
    ...(exported.includes('default') ? [`export { default } from ${from};`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

async function modulesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const top of ['runtime', 'nodes']) {
    const entries = await readdir(join(folder, top), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile() || !entry.name.endsWith('.js')) continue;
      found.push(relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
    }
  }
  return found.sort();
}

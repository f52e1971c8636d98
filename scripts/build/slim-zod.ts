/**
 * The palette package brings zod along, cut down to what the modules of both packages use: the whole of it, with error messages in fifty
 * languages, would cost a gateway 10 MB and a tenth of its start.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build } from 'vite';
import { collectLicences } from './licences.ts';
import { modulesOf } from './modules-of.ts';
import { dist, palettePackage, root, studioPackage } from './paths.ts';

const slim = join(palettePackage, 'runtime/vendor/zod.js');

/** Bundles the used part of zod, and points the packages' modules at it. */
export async function slimZod(): Promise<void> {
  const users = await modulesThatUseZod();
  const used = new Set<string>();
  for (const [, code] of users) for (const [, name = ''] of code.matchAll(/\bz\.(\w+)/g)) used.add(name);
  const entry = join(dist, 'generated/zod.ts');
  await mkdir(dirname(entry), { recursive: true });
  const members = [...used].sort().map((name) => `  ${name}: all.${name},`);
  const imports = [
    "import { z as all } from 'zod';",
    `import { late } from '${relative(dirname(entry), join(import.meta.dirname, 'late-schemas.ts')).replaceAll('\\', '/')}';`,
  ];
  await writeFile(entry, `${imports.join('\n')}\n\nexport const z = late({\n${members.join('\n')}\n});\n`);
  const output = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: dirname(slim),
      emptyOutDir: false,
      minify: false,
      target: 'node22',
      copyPublicDir: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'zod.js', codeSplitting: false } },
    },
  });
  await collectLicences('runtime/vendor/zod.js', modulesOf(output));
  for (const [file, code] of users) {
    await writeFile(file, code.replace(ZOD, `from '${pathFrom(file)}'`));
  }
}

function pathFrom(file: string): string {
  if (file.startsWith(studioPackage)) return 'millrace/runtime/vendor/zod.js';
  const path = relative(dirname(file), slim).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}

const ZOD = /\bfrom\s+['"]zod['"]/g;

async function modulesThatUseZod(): Promise<[string, string][]> {
  const found: [string, string][] = [];
  const all = [palettePackage, studioPackage].map((folder) =>
    readdir(folder, { recursive: true, withFileTypes: true }),
  );
  for (const entry of (await Promise.all(all)).flat()) {
    if (!entry.isFile() || !entry.name.endsWith('.js') || entry.name === 'board-worker.js') continue;
    const file = join(entry.parentPath, entry.name);
    const code = await readFile(file, 'utf8');
    if (code.search(ZOD) >= 0) found.push([file, code]);
  }
  return found;
}

/** What must be one file: the editor's script, and the board worker with the libraries that it brings along. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { build } from 'vite';
import { asciiOnly } from './ascii.ts';
import { collectLicences } from './licences.ts';
import { modulesOf } from './modules-of.ts';
import type { NodeFolder } from './node-folders.ts';
import { iconOf } from './palette.ts';
import { dist, palettePackage, root } from './paths.ts';

/** Bundles the sidebar, the sparklines and every node's dialog into the file that the editor loads. */
export async function bundleEditor(folders: readonly NodeFolder[]): Promise<void> {
  const generated = join(dist, 'generated/editor.ts');
  await mkdir(join(dist, 'generated'), { recursive: true });
  await writeFile(generated, editorEntry(folders));
  const output = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: join(palettePackage, 'resources'),
      emptyOutDir: false,
      minify: true,
      copyPublicDir: false,
      lib: { entry: generated, formats: ['iife'], name: 'millrace', fileName: () => 'editor.js' },
    },
  });
  await collectLicences('resources/editor.js', modulesOf(output));
}

function editorEntry(folders: readonly NodeFolder[]): string {
  const from = (path: string) => relative(join(dist, 'generated'), join(root, path)).replaceAll('\\', '/');
  const imports = folders.map(
    ({ type }, index) =>
      `import { dialog as dialog${index} } from '${from(`nodes/${type}/editor.ts`)}';\n` +
      `import * as node${index} from '${from(`nodes/${type}/config.ts`)}';`,
  );
  const calls = folders.map(
    ({ type }, index) =>
      `  registerNode({ type: '${type}', icon: '${iconOf(type)}', dialog: dialog${index}, ...node${index} });`,
  );
  return `import '${from('editor/main.ts')}';
import { registerNode } from '${from('editor/register.ts')}';
${imports.join('\n')}

export function registerNodes() {
${calls.join('\n')}
}
`;
}

/** Bundles the board worker with Johnny-Five and its Firmata client: what we publish brings no native serialport. */
export async function bundleBoardWorker(): Promise<void> {
  const outDir = join(palettePackage, 'runtime/devices');
  const output = await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: {
      alias: [
        // Ports are opened in the main thread; the libraries' own way to them is cut.
        { find: /^(browser-)?serialport$/, replacement: join(root, 'scripts/build/no-serialport.cjs') },
      ],
    },
    ssr: { noExternal: true, external: [...builtinModules] },
    build: {
      ssr: join(root, 'runtime/devices/board-worker.ts'),
      outDir,
      emptyOutDir: false,
      // Names stay, for traces; spaces and comments would be half of what each board's thread has to hold.
      minify: false,
      target: 'node22',
      copyPublicDir: false,
      rolldownOptions: {
        output: {
          format: 'es',
          entryFileNames: 'board-worker.js',
          codeSplitting: false,
          minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } },
        },
      },
    },
  });
  const file = join(outDir, 'board-worker.js');
  await writeFile(file, asciiOnly(await readFile(file, 'utf8')));
  await collectLicences('runtime/devices/board-worker.js', modulesOf(output));
}

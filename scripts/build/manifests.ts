/** The two published packages' package.json: what each depends on is read off what its modules import. */
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { importsOf } from './imports.ts';
import { palettePackage, root, studioPackage } from './paths.ts';

/**
 * ONNX Runtime: served without where it does not install (musl, armv7, Intel Macs). Serial ports: only boards on a cable need
 * them. Client libraries: only some targets need them.
 */
const OPTIONAL = ['onnxruntime-node', 'serialport', 'pg', '@aws-sdk/client-s3', '@aws-sdk/lib-storage'];

interface RootManifest {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

export async function writeManifests(): Promise<void> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as RootManifest;
  const { version, description, license, engines } = manifest;
  const shared = { version, description, license, type: 'module', engines };
  await write(palettePackage, {
    name: 'millrace',
    ...shared,
    keywords: ['node-red', 'machine-learning', 'onnx', 'sensors', 'edge', 'drift', 'johnny-five', 'mqtt'],
    exports: {
      './runtime/*': './runtime/*/index.js',
      // A room's second door.
      './runtime/*/schema.js': './runtime/*/schema.js',
      './runtime/vendor/zod.js': './runtime/vendor/zod.js',
      './nodes/*': './nodes/*',
      './package.json': './package.json',
    },
    'node-red': {
      version: '>=5.0.0',
      nodes: { millrace: 'nodes/millrace.js' },
      plugins: { 'millrace-sidebar': 'nodes/sidebar.html' },
    },
    ...(await dependenciesOf(palettePackage, manifest)),
  });
  const studio = await dependenciesOf(studioPackage, manifest);
  await write(studioPackage, {
    name: 'millrace-studio',
    ...shared,
    bin: { millrace: 'runtime/cli/main.js' },
    ...studio,
    dependencies: { ...studio.dependencies, millrace: version },
  });
}

async function write(directory: string, manifest: Record<string, unknown>): Promise<void> {
  await writeFile(join(directory, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const file of ['LICENSE', 'README.md']) await cp(join(root, file), join(directory, file)).catch(() => undefined);
}

async function dependenciesOf(directory: string, manifest: RootManifest) {
  const dependencies: Record<string, string> = {};
  const optionalDependencies: Record<string, string> = {};
  for (const name of await importedPackages(directory)) {
    if (name === 'millrace') continue;
    const version = manifest.dependencies[name];
    if (version === undefined) throw new Error(`${directory} imports "${name}", which is no dependency of the project`);
    (OPTIONAL.includes(name) ? optionalDependencies : dependencies)[name] = version;
  }
  return { dependencies, optionalDependencies };
}

async function importedPackages(directory: string): Promise<string[]> {
  const found = new Set<string>();
  for (const entry of await readdir(join(directory, 'runtime'), { recursive: true, withFileTypes: true })) {
    // A bundled worker brings along what it imports.
    if (!entry.name.endsWith('.js') || entry.name === 'board-worker.js') continue;
    for (const specifier of importsOf(join(entry.parentPath, entry.name))) {
      // The compiler has been seen to leave the path of an `import()` as it stands in the source.
      if (/^\.\.?\/.*\.ts$/.test(specifier)) throw new Error(`${entry.name} imports "${specifier}", a source`);
      if (specifier.startsWith('.') || specifier.startsWith('/')) continue;
      const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
      if (!specifier.startsWith('node:') && !builtinModules.includes(name)) found.add(name);
    }
  }
  return [...found].sort();
}

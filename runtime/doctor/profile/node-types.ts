/** Types of nodes that a flow here can use. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Node-RED makes these itself. */
const BUILT_IN = ['tab', 'group', 'unknown', 'global-config'];

export async function installedNodeTypes(userDir: string): Promise<string[]> {
  const types = await Promise.all([coreTypes(), ownTypes(), installedTypes(userDir)]);
  return [...new Set([...BUILT_IN, ...types.flat()])].sort();
}

async function coreTypes(): Promise<string[]> {
  const folder = packageFolder('@node-red/nodes') ?? packageFolder('@node-red/nodes', 'node-red');
  return folder === undefined ? [] : await typesBelow(join(folder, 'core'));
}

/** A folder a type; in a checkout that was not built they lie beside the rooms. */
async function ownTypes(): Promise<string[]> {
  const palette = packageFolder('millrace');
  const folder =
    palette === undefined ? fileURLToPath(new URL('../../../nodes', import.meta.url)) : join(palette, 'nodes');
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

async function installedTypes(userDir: string): Promise<string[]> {
  const modules = join(userDir, 'node_modules');
  const names = await readdir(modules).catch(() => []);
  const scoped = names
    .filter((name) => name.startsWith('@'))
    .map(async (scope) => (await readdir(join(modules, scope)).catch(() => [])).map((name) => `${scope}/${name}`));
  const packages = [...names.filter((name) => !/^[@.]/.test(name)), ...(await Promise.all(scoped)).flat()];
  const types = await Promise.all(packages.map((name) => typesOfPackage(join(modules, name))));
  return types.flat();
}

async function typesOfPackage(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
  const nodes = declaredNodes(text);
  const pages = nodes.map((file) =>
    readFile(join(folder, file.replace(/\.[cm]?js$/, '.html')), 'utf8').catch(() => ''),
  );
  return (await Promise.all(pages)).flatMap(typesIn);
}

function declaredNodes(manifest: string): string[] {
  try {
    const { 'node-red': declared } = JSON.parse(manifest) as { 'node-red'?: { nodes?: Record<string, string> } };
    return Object.values(declared?.nodes ?? {});
  } catch {
    return [];
  }
}

async function typesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const pages = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.html'));
  const texts = await Promise.all(pages.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')));
  return texts.flatMap(typesIn);
}

/** As a node's page registers them for the editor. */
const typesIn = (page: string): string[] =>
  [...page.matchAll(/registerType\(\s*['"]([^'"]+)['"]/g)].map(([, type = '']) => type);

/** @param from a package that brings it along */
function packageFolder(name: string, from?: string): string | undefined {
  try {
    const require = createRequire(import.meta.url);
    const look = from === undefined ? require : createRequire(require.resolve(`${from}/package.json`));
    return dirname(look.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

/** Types of nodes that a flow here can use. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedTypes, typesIn } from '../../bundle/index.ts';

/** Node-RED makes these itself. */
const BUILT_IN = ['tab', 'group', 'unknown', 'global-config'];

export async function installedNodeTypes(userDir: string): Promise<string[]> {
  const [core, own, installed] = await Promise.all([coreTypes(), ownTypes(), installedTypes(userDir)]);
  return [...new Set([...BUILT_IN, ...core, ...own, ...installed.keys()])].sort();
}

async function coreTypes(): Promise<string[]> {
  const folder = packageFolder('@node-red/nodes') ?? packageFolder('@node-red/nodes', 'node-red');
  return folder === undefined ? [] : await typesBelow(join(folder, 'core'));
}

/** As its page names them; in a checkout that was not built they lie beside the rooms, a folder a type. */
async function ownTypes(): Promise<string[]> {
  const palette = packageFolder('millrace');
  if (palette !== undefined) return await typesIn(palette);
  const folder = fileURLToPath(new URL('../../../nodes', import.meta.url));
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

async function typesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const pages = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.html'));
  const texts = await Promise.all(pages.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')));
  return texts.flatMap(registeredIn);
}

/** As a page of Node-RED's own registers them for the editor. */
const registeredIn = (page: string): string[] =>
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

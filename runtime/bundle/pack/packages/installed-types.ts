import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** As a node's page and its code register it, and as its page names the form of its dialog. */
const REGISTERED = /registerType\(\s*['"`]([^'"`]+)['"`]|data-template-name\s*=\s*['"]([^'"]+)['"]/g;

/**
 * Which package brings which type of node, of those in the user directory: told by what their files register, and by what
 * Node-RED has noted when it loaded them.
 *
 * @returns package by type
 */
export async function installedTypes(userDir: string): Promise<Map<string, string>> {
  const noted = await notedTypes(userDir);
  const types = new Map<string, string>();
  for (const name of await packageNames(join(userDir, 'node_modules'))) {
    const directory = join(userDir, 'node_modules', name);
    const found = [...(await typesIn(directory)), ...(noted.get(name) ?? [])];
    for (const type of found) if (!types.has(type)) types.set(type, name);
  }
  return types;
}

/** The types of one package's nodes. */
export async function typesIn(directory: string): Promise<string[]> {
  const nodes = nodeFiles(await readJson(join(directory, 'package.json')));
  const files = nodes.flatMap((file) => [file.replace(/\.c?js$/, '.html'), file]);
  const texts = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8').catch(() => '')));
  return texts.flatMap((text) =>
    [...text.matchAll(REGISTERED)].map(([, registered, named]) => registered ?? named ?? ''),
  );
}

/** `name` and `@scope/name`, sorted. */
async function packageNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const all = await Promise.all(
    names.map(async (name) => {
      if (!name.startsWith('@')) return [name];
      return (await readdir(join(folder, name)).catch(() => [])).map((inner) => `${name}/${inner}`);
    }),
  );
  return all
    .flat()
    .filter((name) => !name.startsWith('.'))
    .sort();
}

function nodeFiles(manifest: unknown): string[] {
  const nodeRed = isObject(manifest) ? manifest['node-red'] : undefined;
  const nodes = isObject(nodeRed) ? nodeRed['nodes'] : undefined;
  return isObject(nodes) ? Object.values(nodes).filter((file) => typeof file === 'string') : [];
}

/** Some types are registered under names that are put together: Node-RED, which ran them, knows those. */
async function notedTypes(userDir: string): Promise<Map<string, string[]>> {
  const noted = await readJson(join(userDir, '.config.nodes.json'));
  if (!isObject(noted)) return new Map();
  return new Map(
    Object.entries(noted).map(([name, module]) => {
      const sets = isObject(module) && isObject(module['nodes']) ? Object.values(module['nodes']) : [];
      const types = sets.flatMap((set) =>
        isObject(set) && Array.isArray(set['types']) ? (set['types'] as unknown[]) : [],
      );
      return [name, types.filter((type) => typeof type === 'string')];
    }),
  );
}

const readJson = (file: string): Promise<unknown> =>
  readFile(file, 'utf8')
    .then((text) => JSON.parse(text) as unknown)
    .catch(() => undefined);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Node-RED's own nodes that reach beyond the process: in a test they only note what they are given. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Folders of `@node-red/nodes/core`, and single files of others. */
const FOLDERS = ['network', 'storage'];
const FILES = ['function/90-exec.html'];

/**
 * Their types, read off Node-RED's own folders, so that a newer Node-RED's are there too. Their settings nodes (brokers,
 * servers) are among them: nothing connects.
 *
 * @param coreNodes the folder of `@node-red/nodes`
 */
export async function typesThatReachOutside(coreNodes: string): Promise<ReadonlySet<string>> {
  const core = join(coreNodes, 'core');
  const folders = await Promise.all(
    FOLDERS.map(async (folder) => (await readdir(join(core, folder))).map((name) => join(folder, name))),
  );
  const pages = [...folders.flat().filter((name) => name.endsWith('.html')), ...FILES];
  const texts = await Promise.all(pages.map((page) => readFile(join(core, page), 'utf8')));
  return new Set(
    texts.flatMap((page) => [...page.matchAll(/registerType\(\s*['"]([^'"]+)['"]/g)].map(([, type = '']) => type)),
  );
}

/** The folder of Node-RED's own nodes. */
export function findCoreNodes(): string {
  const within = createRequire(createRequire(import.meta.url).resolve('node-red'));
  return dirname(within.resolve('@node-red/nodes'));
}

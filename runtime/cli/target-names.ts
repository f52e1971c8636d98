import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What people call the targets, by the flows that lie in a user directory: the queue itself knows only their ids. */
export async function targetNames(userDir: string): Promise<ReadonlyMap<string, string>> {
  const names = new Map([['built-in', 'built-in broker']]);
  for (const folder of [userDir, join(userDir, 'flows')]) {
    const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.json'));
    for (const file of files) {
      for (const { id, name } of await targetsIn(join(folder, file))) if (!names.has(id)) names.set(id, name);
    }
  }
  return names;
}

/** A file that is no flow has none. */
async function targetsIn(file: string): Promise<{ readonly id: string; readonly name: string }[]> {
  const nodes = await readFile(file, 'utf8')
    .then((text) => JSON.parse(text) as unknown)
    .catch(() => undefined);
  if (!Array.isArray(nodes)) return [];
  return (nodes as readonly unknown[]).flatMap((node) => {
    if (typeof node !== 'object' || node === null) return [];
    const { id, type, name } = node as Record<string, unknown>;
    return type === 'target' && typeof id === 'string' && typeof name === 'string' && name !== '' ? [{ id, name }] : [];
  });
}

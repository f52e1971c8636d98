import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Other programs that have a device open, as `the program "screen" (process 4711)`. Many take no lock: opening the port
 * beside them would succeed, and each would get half of the bytes. Only where there is /proc, and of processes that this
 * user may look into; elsewhere none is found.
 */
export async function programsHolding(device: string): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const processes = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const holding = await Promise.all(
    processes.map(async (id) => {
      if (Number(id) === process.pid || !(await opened(id)).includes(device)) return [];
      const name = (await readFile(join('/proc', id, 'comm'), 'utf8').catch(() => '')).trim();
      return [`the program "${name}" (process ${id})`];
    }),
  );
  return holding.flat();
}

async function opened(id: string): Promise<string[]> {
  const directory = join('/proc', id, 'fd');
  const descriptors = await readdir(directory).catch(() => []);
  return Promise.all(descriptors.map((descriptor) => readlink(join(directory, descriptor)).catch(() => '')));
}

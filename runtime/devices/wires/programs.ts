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
      if (Number(id) === process.pid) return [];
      const files = await opened(id);
      const holds = files.some(({ file }) => file === device);
      if (!holds || (await drives(id, files, device))) return [];
      const name = (await readFile(join('/proc', id, 'comm'), 'utf8').catch(() => '')).trim();
      return [`the program "${name}" (process ${id})`];
    }),
  );
  return holding.flat();
}

interface OpenFile {
  readonly descriptor: string;
  readonly file: string;
}

async function opened(id: string): Promise<OpenFile[]> {
  const directory = join('/proc', id, 'fd');
  const descriptors = await readdir(directory).catch(() => []);
  return Promise.all(
    descriptors.map(async (descriptor) => {
      return { descriptor, file: await readlink(join(directory, descriptor)).catch(() => '') };
    }),
  );
}

/** Of a pseudo-terminal, such as socat makes of a serial port elsewhere: the program is its other end. */
async function drives(id: string, files: readonly OpenFile[], device: string): Promise<boolean> {
  const [, index] = /^\/dev\/pts\/(\d+)$/.exec(device) ?? [];
  if (index === undefined) return false;
  const masters = files.filter(({ file }) => file.endsWith('/ptmx'));
  const about = await Promise.all(
    masters.map(({ descriptor }) => readFile(join('/proc', id, 'fdinfo', descriptor), 'utf8').catch(() => '')),
  );
  return about.some((info) => new RegExp(`^tty-index:\\s*${index}$`, 'm').test(info));
}

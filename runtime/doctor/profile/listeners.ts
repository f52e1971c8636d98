import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { MachineProfile } from '../../messages/index.ts';
import type { OwnProcess } from './own-processes.ts';
import { textOf } from './text-of.ts';

/** Of a socket that listens, in /proc/net/tcp. */
const LISTENS = '0A';

/** Ports on which something listens, and what, as far as this user may know. Only where there is /proc. */
export async function listeningPorts(own: readonly OwnProcess[]): Promise<MachineProfile['ports']> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((table) => textOf(join('/proc/net', table))));
  const sockets = new Map(tables.flatMap(listening));
  const holders = await holdersOf(new Set(sockets.keys()));
  const ports = new Map<number, MachineProfile['ports'][number]>();
  for (const [inode, port] of sockets) {
    const holder = holders.get(inode);
    const known = ports.get(port);
    const isOwn = holder !== undefined && own.some(({ id }) => id === holder.id);
    ports.set(port, {
      port,
      own: isOwn && known?.own !== false,
      ...(known?.holder !== undefined && { holder: known.holder }),
      ...(holder && { holder: `the program "${holder.name}" (process ${holder.id})` }),
    });
  }
  return [...ports.values()].sort((a, b) => a.port - b.port);
}

/** Inode and port of each socket that listens. */
function listening(table: string): [inode: string, port: number][] {
  return table.split('\n').flatMap((line): [string, number][] => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    return state === LISTENS ? [[inode, Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16)]] : [];
  });
}

async function holdersOf(inodes: ReadonlySet<string>): Promise<Map<string, { id: number; name: string }>> {
  const holders = new Map<string, { id: number; name: string }>();
  const processes = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const id of processes) {
    const folder = join('/proc', id, 'fd');
    for (const descriptor of await readdir(folder).catch(() => [])) {
      const [, inode = ''] = /^socket:\[(\d+)\]$/.exec(await readlink(join(folder, descriptor)).catch(() => '')) ?? [];
      if (inodes.has(inode)) holders.set(inode, { id: Number(id), name: await textOf(join('/proc', id, 'comm')) });
    }
  }
  return holders;
}

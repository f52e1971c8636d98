import { userInfo } from 'node:os';
import type { MachineProfile } from '../../messages/index.ts';
import { textOf } from './text-of.ts';

export async function userProfile(): Promise<MachineProfile['user']> {
  const [, files] = /^Max open files\s+(\d+)/m.exec(await textOf('/proc/self/limits')) ?? [];
  return {
    name: userName(),
    root: process.getuid?.() === 0,
    groups: await groupNames(),
    ...(files !== undefined && { files: Number(files) }),
  };
}

/** An id without an entry in the system's list has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}

async function groupNames(): Promise<string[]> {
  const lines = (await textOf('/etc/group')).split('\n').map((line) => line.split(':'));
  const names = new Map(lines.map(([name = '', , id = '']) => [id, name]));
  return (process.getgroups?.() ?? []).map((id) => names.get(String(id)) ?? String(id));
}

import { stat } from 'node:fs/promises';
import { gatewayPaths } from '../rollout/index.ts';
import { startProcess } from '../workers/index.ts';
import { errors } from './errors.ts';

/** A flow that runs as root can do anything to the machine. @throws ROOT_REFUSED */
export function refuseRoot(allowed: boolean): void {
  if (!allowed && process.getuid?.() === 0) throw errors.ROOT_REFUSED({ user: 'root' });
}

/**
 * What root writes into the folder of a gateway that is another user's, that user could not read afterwards.
 *
 * @param command as it is to be typed behind `millrace gateway`
 * @throws GATEWAY_OF_ANOTHER
 */
export async function refuseRootBesideOwner(userDir: string, command: string): Promise<void> {
  const owner = await ownerOf(userDir);
  if (process.getuid?.() !== 0 || owner === undefined || owner.uid === 0) return;
  throw errors.GATEWAY_OF_ANOTHER({ userDir, user: await nameOf(owner.uid), command });
}

/** Whose a gateway is; nothing where there is none yet. */
export async function ownerOf(userDir: string): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  return await stat(gatewayPaths(userDir).directory)
    .catch(() => stat(userDir))
    .catch(() => undefined);
}

/** As `sudo -u` takes it. */
async function nameOf(uid: number): Promise<string> {
  const lines: string[] = [];
  const args = ['-un', String(uid)];
  const child = await startProcess({ name: 'id', command: 'id', args, onLine: (line) => lines.push(line) });
  const { code } = await child.ended;
  return (code === 0 && lines[0]?.trim()) || `'#${uid}'`;
}

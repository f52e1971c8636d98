import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';

/** Who this process runs as. An id without an entry in the system's list has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}

async function groupName(id: number): Promise<string | undefined> {
  const groups = await readFile('/etc/group', 'utf8').catch(() => '');
  return groups
    .split('\n')
    .map((line) => line.split(':'))
    .find(([, , number]) => number === String(id))?.[0];
}

const GROUP_MAY = 0o060;

/** PORT_FORBIDDEN with the group that may open the port, and how to join it. */
export async function forbidden(port: string, cause?: unknown): Promise<MillraceError> {
  const user = userName();
  const found = await stat(port).catch(() => undefined);
  const group = found && (found.mode & GROUP_MAY) === GROUP_MAY ? await groupName(found.gid) : undefined;
  // To join root's own group would give away far more than a port.
  const joinable = group !== undefined && found?.gid !== 0;
  return errors.PORT_FORBIDDEN(
    {
      ...{ port, user },
      owner: joinable ? `it is open to the group "${group}"` : 'it is open to root alone',
      remedy: joinable
        ? `Add the user to the group ${group}: \`sudo usermod -aG ${group} ${user}\`, then sign in again and start Millrace anew. In a container, pass the group with --group-add.`
        : 'Give the port a group that the user is in, with a udev rule such as `SUBSYSTEM=="tty", GROUP="dialout", MODE="0660"`.',
    },
    cause === undefined ? {} : { cause },
  );
}

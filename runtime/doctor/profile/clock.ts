import { access } from 'node:fs/promises';
import type { MachineProfile } from '../../messages/index.ts';
import { startProcess } from '../../workers/index.ts';

/** systemd's own time service makes it once it has the time. */
const MARK = '/run/systemd/timesync/synchronized';
/** ms that systemd gets to answer. */
const PATIENCE = 3_000;

/** Whether something keeps the clock right, where the system says so. */
export async function clockProfile(): Promise<MachineProfile['clock']> {
  const marked = await access(MARK).then(
    () => true,
    () => false,
  );
  if (marked) return { synchronised: true };
  const said = await timedatectl();
  return said === undefined ? {} : { synchronised: said };
}

/** The kernel knows of any service that keeps it right; systemd asks it. */
async function timedatectl(): Promise<boolean | undefined> {
  if (process.platform !== 'linux') return undefined;
  const lines: string[] = [];
  try {
    const child = await startProcess({
      name: 'timedatectl',
      command: 'timedatectl',
      args: ['show', '--property=NTPSynchronized', '--value'],
      onLine: (line) => lines.push(line.trim()),
    });
    const late = setTimeout(() => void child.end(0), PATIENCE);
    const { code } = await child.ended.finally(() => clearTimeout(late));
    if (code !== 0) return undefined;
  } catch {
    return undefined;
  }
  return lines[0] === 'yes' ? true : lines[0] === 'no' ? false : undefined;
}

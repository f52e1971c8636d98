import { readFileSync } from 'node:fs';

/** A process, told from a later one that got its number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** The kernel's stamp of its start, with that of the machine's; empty where the system tells neither. */
  readonly started: string;
}

/** @returns nothing if no such process runs */
export function identityOf(pid: number): ProcessIdentity | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  try {
    // The command's name stands in brackets and may hold anything; the start is the 20th field behind it.
    const behind = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
    const [state, ...fields] = behind.split(' ');
    if (state === 'Z') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return { pid, started: `${boot}:${fields[18] ?? ''}` };
  } catch {
    return { pid, started: '' };
  }
}

export function stillRuns(one: ProcessIdentity): boolean {
  return identityOf(one.pid)?.started === one.started;
}

import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../base/index.ts';

/** ms after which a folder is nobody's, whatever process has its number now: no training is allowed so long. */
const ABANDONED = 2 * 86_400_000;

/** Where packages lie while they are made: a folder a training, named by the process that wants it. */
export interface Staging {
  /** @returns a folder that is to be made */
  take(id: string): string;
  give(folder: string): void;
  /** Resolves when what a crash has left is gone. */
  tidied(): Promise<void>;
}

export function createStaging(directory: string, clock: Clock): Staging {
  const own = new Set<string>();
  let tidying: Promise<void> | undefined;
  return {
    take(id) {
      const folder = join(directory, `${process.pid}-${id}`);
      own.add(folder);
      return folder;
    },
    give: (folder) => void own.delete(folder),
    tidied: () => (tidying ??= tidy(directory, own, clock.now()).catch(() => undefined)),
  };
}

/**
 * Removes what a crash has left: folders of processes that are gone, and of this one from an earlier life.
 *
 * @param own folders that are in use
 */
async function tidy(directory: string, own: ReadonlySet<string>, now: number): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names) {
    const path = join(directory, name);
    if (own.has(path)) continue;
    const process = Number(name.split('-')[0]);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
    if (isAlive(process) && now - mtimeMs < ABANDONED) continue;
    await rm(path, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  // One of our own number that is not in use was left by a process that had it before us, as in a container.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

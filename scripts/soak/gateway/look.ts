import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What a gateway takes up at one moment. */
export interface Sample {
  /** ms since the begin */
  readonly at: number;
  /** Of the flow's process. */
  readonly pid: number;
  /** Bytes: the flow's process, and its supervisor. */
  readonly rss: number;
  readonly supervisor: number;
  /** Open files of both. */
  readonly handles: number;
  /** Bytes below the user directory. */
  readonly disk: number;
  /** Of them, the outbox's. */
  readonly outbox: number;
}

/** @returns nothing while the flow is not up */
export async function look(userDir: string, supervisor: number, at: number): Promise<Sample | undefined> {
  const text = await readFile(join(userDir, 'gateway/flow-process.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { pid } = JSON.parse(text) as { readonly pid: number };
  const [flow, own] = await Promise.all([takenBy(pid), takenBy(supervisor)]);
  if (!flow || !own) return undefined;
  const disk = await bytesBelow(userDir);
  const outbox = await bytesBelow(join(userDir, 'millrace/outbox'));
  return { at, pid, rss: flow.rss, supervisor: own.rss, handles: flow.handles + own.handles, disk, outbox };
}

async function takenBy(pid: number): Promise<{ readonly rss: number; readonly handles: number } | undefined> {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
    const handles = (await readdir(`/proc/${pid}/fd`)).length;
    return kilobytes === undefined ? undefined : { rss: Number(kilobytes) * 1024, handles };
  } catch {
    return undefined;
  }
}

async function bytesBelow(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  // A file that is gone meanwhile takes nothing.
  const sizes = files.map(({ parentPath, name }) =>
    stat(join(parentPath, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

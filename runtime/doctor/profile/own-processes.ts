import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { textOf } from './text-of.ts';

/** A process of Millrace that runs a flow. */
export interface OwnProcess {
  readonly id: number;
  /** Resident. */
  readonly bytes: number;
}

/** The commands that run a flow. */
const RUNS = new Set(['start', 'run']);
const PROGRAM = /^(millrace|main\.[jt]s|millrace\.ts)$/;

/**
 * Processes of this user that run a flow of Millrace: what they hold is free once another bundle takes their place. Only where
 * there is /proc.
 */
export async function ownProcesses(): Promise<OwnProcess[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id): Promise<OwnProcess[]> => {
      const args = (await readFile(join('/proc', id, 'cmdline'), 'utf8').catch(() => '')).split('\0');
      if (Number(id) === process.pid || !runsFlow(args)) return [];
      const [, kB] = /^VmRSS:\s+(\d+) kB$/m.exec(await textOf(join('/proc', id, 'status'))) ?? [];
      return [{ id: Number(id), bytes: Number(kB ?? 0) * 1024 }];
    }),
  );
  return found.flat();
}

/** `node [options] …/main.js run …`, or the command by its name. */
export function runsFlow(args: readonly string[]): boolean {
  const at = args.findIndex((arg) => PROGRAM.test(basename(arg)));
  const place = args[at] ?? '';
  const ours = /^millrace(\.ts)?$/.test(basename(place)) || /runtime\/cli\/main\.[jt]s$/.test(place);
  return at >= 0 && ours && RUNS.has(args[at + 1] ?? '');
}

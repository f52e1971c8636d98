/** Lives of one gateway: each begins with a supervisor's start, and most end in a fall. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { checkUnpacked } from '../../../runtime/bundle/index.ts';
import type { GatewayStatus } from '../../../runtime/messages/index.ts';
import { command } from '../../support/studio.ts';
import type { Deploy, SupervisorWork } from './supervisor-process.ts';

const PROCESS = join(import.meta.dirname, 'supervisor-process.ts');

export interface Life {
  readonly process: ChildProcess;
  /** Once, when it stands. */
  deploy(what: Deploy): void;
  /** Resolves with the status at which this is so. @throws if the supervisor ends before */
  until(what: string, is: (status: GatewayStatus) => boolean): Promise<GatewayStatus>;
  readonly ended: Promise<string | number | null>;
}

export function begin(userDir: string): Life {
  const given: SupervisorWork = { userDir, command: [process.execPath, command] };
  const child = spawn(process.execPath, [PROCESS, JSON.stringify(given)], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (said += text));
  const seen: GatewayStatus[] = [];
  const look = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    seen.push(JSON.parse(line) as GatewayStatus);
    for (const one of look) one();
  });
  const ended = new Promise<string | number | null>((resolve) => {
    child.once('close', (status, signal) => {
      resolve(signal ?? status);
      for (const one of look) one();
    });
  });
  return {
    process: child,
    deploy: (what) => void child.stdin.write(`${JSON.stringify(what)}\n`),
    ended,
    until: (what, is) =>
      new Promise((resolve, reject) => {
        const tell = () => {
          const found = seen.find(is);
          const over = child.exitCode !== null || child.signalCode !== null;
          if (!found && !over) return;
          look.delete(tell);
          if (found) resolve(found);
          else reject(new Error(`the gateway ended before ${what}: ${said}; last: ${JSON.stringify(seen.at(-1))}`));
        };
        look.add(tell);
        tell();
      }),
  };
}

/** It has dealt with what it found, and its bundle runs. */
export const stands = ({ state, process: up }: GatewayStatus): boolean => state === 'idle' && up === 'running';

/** The folders that processes of `millrace run` over this user directory were given: there must be one. */
export function runningFolders(userDir: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      const run = words.indexOf('run');
      return run > 0 && words.includes('--supervised') && words.includes(userDir) ? [words[run + 1] ?? ''] : [];
    } catch {
      return [];
    }
  });
}

/** What runs, held against its SHA-256s. @returns its digest */
export async function wholeBundle(userDir: string): Promise<string> {
  const [directory = '', ...more] = runningFolders(userDir);
  if (more.length > 0) throw new Error(`several run: ${[directory, ...more].join(', ')}`);
  return (await checkUnpacked(directory)).digest;
}

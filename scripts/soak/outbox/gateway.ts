/** Runs a process with an outbox and keeps the books of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Books } from './books.ts';
import type { GatewayWork } from './gateway-process.ts';

const PROCESS = join(import.meta.dirname, 'gateway-process.ts');

/** More than can be under way, unsaid, when a process is killed. */
const UNSAID = 2_000;

export interface GatewayOptions {
  readonly books: Books;
  /** Where the broker is. */
  readonly url: string;
  /** Where is written what was taken; not on a disk that is to fail. */
  readonly notes: string;
  /** For Node.js. */
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Life {
  readonly process: ChildProcess;
  /** It has begun to open the outbox, and its first message is on disk. */
  readonly begun: Promise<void>;
  readonly open: Promise<void>;
  /** Resolves when the process is gone and what it had taken is in the books. */
  readonly ended: Promise<string | number | null>;
}

/** A gateway that lives many lives: each time a new process, over the outbox in `directory`. */
export function createGateway({ books, url, notes, execArgv = [], env = {} }: GatewayOptions) {
  const complaints: string[] = [];
  let first = 1;
  return {
    /** Warnings of the store, and what the process said before it ended by itself. */
    complaints,
    /** Enters what was taken so far. */
    async note(): Promise<void> {
      const text = await readFile(notes, 'utf8').catch(() => '');
      await rm(notes, { force: true });
      for (const line of text.split('\n').slice(0, -1)) {
        const [stream = '', sequence, n] = line.split(' ');
        books.taken(stream, Number(sequence), Number(n));
        first = Math.max(first, Number(n) + 1);
      }
    },
    start(work: Omit<GatewayWork, 'url' | 'notes' | 'first'> & { readonly first?: number }): Life {
      const given: GatewayWork = { first, ...work, url, notes };
      const child = spawn(process.execPath, [...execArgv, PROCESS, JSON.stringify(given)], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...env },
      });
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => void (said += text));
      const gone = new Promise<string | number | null>((resolve) => {
        child.once('close', (status, signal) => resolve(signal ?? status));
      });
      const lines = createInterface({ input: child.stdout });
      const heard = (words: string) =>
        new Promise<void>((resolve) => {
          lines.on('line', (line) => line === words && resolve());
          void gone.then(() => resolve());
        });
      lines.on('line', (line) => line !== 'begun' && line !== 'open' && complaints.push(line));
      const end = async () => {
        const how = await gone;
        await this.note();
        first += UNSAID;
        if (how !== 'SIGKILL' && how !== 0) complaints.push(`ended with ${how}: ${said}`);
        return how;
      };
      return { process: child, begun: heard('begun'), open: heard('open'), ended: end() };
    },
  };
}

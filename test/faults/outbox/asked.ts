import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { Books } from '../../../scripts/soak/outbox/books.ts';
import type { Answer } from './asked-process.ts';

interface AskOptions {
  readonly directory: string;
  readonly books: Books;
  /** Default: nobody serves the destination. */
  readonly url?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Before Node.js: `setpriv`, … */
  readonly through?: readonly string[];
  /** The number of its first message. */
  readonly first?: number;
}

/** An outbox in a process of its own, which is asked to take messages; what it takes is entered into the books. */
export function startAsked({ directory, books, url = '', env = {}, through = [], first = 1 }: AskOptions) {
  const file = join(import.meta.dirname, 'asked-process.ts');
  const [program = '', ...args] = [...through, process.execPath, file, directory, url, String(first)];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  const ended = once(child, 'close');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  return {
    async put(count: number): Promise<Answer> {
      child.stdin.write(`put ${count}\n`);
      const next = await answers.next();
      if (next.done === true) throw new Error('the process is gone');
      const answer = JSON.parse(next.value) as Answer;
      for (const [stream, sequence, n] of answer.taken) books.taken(stream, sequence, n);
      return answer;
    },
    kill,
    /** Closes the outbox. */
    async end(): Promise<void> {
      child.stdin.write('end\n');
      await ended;
    },
  };
}

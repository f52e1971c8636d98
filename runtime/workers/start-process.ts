import { spawn } from 'node:child_process';
import { comeLast } from './come-last.ts';
import { errors } from './errors.ts';
import { readLines } from './read-lines.ts';

export interface ProcessOptions {
  /** For messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly directory?: string;
  /** Whatever else runs comes before it, and it ends before anything else where memory is over. */
  readonly last?: boolean;
  /** It gets a process group of its own: what it has started and left behind ends with it, and Ctrl-C is not for it. */
  readonly group?: boolean;
  /** Of a Node.js child: what it passes to `process.send`. Without this there is no channel. */
  readonly onMessage?: (message: unknown) => void;
  /** Each line of its standard output. */
  readonly onLine?: (line: string) => void;
  /** Each line of its standard error; the last part of it is kept for `output` all the same. */
  readonly onErrorLine?: (line: string) => void;
}

/** How a child process ended. */
export interface ProcessEnd {
  /** Its exit code; none where a signal ended it. */
  readonly code: number | undefined;
  readonly signal: string | undefined;
  /** The last part of what it wrote to standard error, and to standard output where nobody asked for its lines. */
  readonly output: string;
}

export interface ProcessHandle {
  readonly pid: number | undefined;
  /** To a Node.js child with a channel; lost if it has ended. */
  send(message: unknown): void;
  /** Resolves when it has ended and its output has been read: a second later at most, where something else holds its end. */
  readonly ended: Promise<ProcessEnd>;
  /** Asks it to end; after `patience` ms (default 2,000) it is ended by force. 0: at once. */
  end(patience?: number): Promise<ProcessEnd>;
}

/** Characters kept of what a child writes. */
const KEPT = 16_384;
const PATIENCE = 2_000;
/** ms for its output after its end. What it started and left behind may hold that open for ever. */
const LAST_WORDS = 1_000;
/** Windows has none. */
const GROUPS = process.platform !== 'win32';

/**
 * Starts a child process; it is ended when this process exits.
 *
 * @throws PROCESS_NOT_STARTED if there is no such command, or this user may not run it
 */
export async function startProcess(options: ProcessOptions): Promise<ProcessHandle> {
  const { name, command, args, env, directory, last = false, group = false, onMessage, onLine, onErrorLine } = options;
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe', ...(onMessage ? (['ipc'] as const) : [])],
    // Errors keep their class and typed arrays stay what they are.
    serialization: 'advanced',
    env: { ...process.env, ...env },
    ...(directory !== undefined && { cwd: directory }),
    detached: group && GROUPS,
  });
  // Before it starts threads or processes of its own, which inherit it.
  if (last && child.pid !== undefined) comeLast(child.pid);
  let output = '';
  const keep = (chunk: unknown) => (output = `${output}${String(chunk)}`.slice(-KEPT));
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('a child without an output');
  stderr.on('data', keep);
  if (onErrorLine) readLines(stderr, onErrorLine);
  if (onLine) readLines(stdout, onLine);
  else stdout.on('data', keep);
  if (onMessage) child.on('message', onMessage);

  const endLeftBehind = () => {
    if (group && GROUPS && child.pid !== undefined) endGroup(child.pid);
  };
  const endWithUs = () => {
    child.kill('SIGKILL');
    endLeftBehind();
  };
  process.on('exit', endWithUs);
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once('exit', (code, signal) => {
      process.off('exit', endWithUs);
      endLeftBehind();
      const resolveOnce = () => {
        clearTimeout(late);
        stdout.destroy();
        stderr.destroy();
        resolve({ code: code ?? undefined, signal: signal ?? undefined, output });
      };
      const late = setTimeout(resolveOnce, LAST_WORDS);
      child.once('close', resolveOnce);
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      process.off('exit', endWithUs);
      reject(errors.PROCESS_NOT_STARTED({ name, command, reason: error.message }, { cause: error }));
    });
  });
  // What goes wrong later (a channel that is closed already) shows in how it ends.
  child.on('error', keep);

  return {
    pid: child.pid,
    ended,
    send(message) {
      if (child.connected) child.send(message as object);
    },
    end(patience = PATIENCE) {
      child.kill(patience > 0 ? 'SIGTERM' : 'SIGKILL');
      const force = setTimeout(() => child.kill('SIGKILL'), patience);
      return ended.finally(() => clearTimeout(force));
    },
  };
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

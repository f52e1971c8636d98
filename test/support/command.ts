/** The `millrace` command as somebody types it: in a process of its own, or in this one, which takes a tenth of the time. */
import { spawn } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { command } from './studio.ts';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  readonly cwd?: string;
  /** Beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed, to its end. */
  readonly input?: string;
}

export interface ProcessCircumstances extends Circumstances {
  readonly nodeArgs?: readonly string[];
}

/** Starts the command. @returns the process, and what came of it once it has ended */
export function startMillrace(args: readonly string[], given: ProcessCircumstances = {}) {
  const { cwd = process.cwd(), env = {}, input = '', nodeArgs = [] } = given;
  const child = spawn(process.execPath, [...nodeArgs, command, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (stderr += String(chunk)));
  // It may have ended without reading.
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise<Outcome>((done) => child.on('close', (code) => done({ code, stdout, stderr })));
  return { child, ended };
}

/** Runs the command in a process of its own. */
export const millrace = (args: readonly string[], given?: ProcessCircumstances): Promise<Outcome> =>
  startMillrace(args, given).ended;

/**
 * Runs the command in this process, one at a time: everything but its start and its end. For the many cases of a command of
 * which one has shown that it works as a process.
 */
export async function millraceHere(args: readonly string[], given: Circumstances = {}): Promise<Outcome> {
  const { run } = await import('../../runtime/cli/run.ts');
  const { cwd = process.cwd(), env = {}, input = '' } = given;
  const said = { stdout: '', stderr: '' };
  const set = { NO_COLOR: '1', ...env };
  const before = { cwd: process.cwd(), streams: streamsOf(process), env: Object.keys(set).map(variable) };
  Object.defineProperty(process, 'stdin', { configurable: true, value: Readable.from(input === '' ? [] : [input]) });
  for (const name of ['stdout', 'stderr'] as const) {
    const write = (chunk: Buffer, _: string, done: () => void) => {
      said[name] += String(chunk);
      done();
    };
    Object.defineProperty(process, name, { configurable: true, value: new Writable({ write }) });
  }
  try {
    Object.assign(process.env, set);
    process.chdir(cwd);
    return { code: await run(args), ...said };
  } finally {
    Object.defineProperties(process, before.streams);
    process.chdir(before.cwd);
    for (const [name, value] of before.env) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

const variable = (name: string) => [name, process.env[name]] as const;
const streamsOf = (of: NodeJS.Process) => {
  const { stdin, stdout, stderr } = Object.getOwnPropertyDescriptors(of);
  return { stdin, stdout, stderr };
};

import { z } from 'zod';
import { toPlainError } from '../../base/index.ts';
import { startProcess } from '../../workers/index.ts';
import { errors } from '../errors.ts';
import { limits } from '../limits.ts';
import type { Judges } from './types.ts';

export interface ProcessJudgesOptions {
  /** How `millrace` is started: Node.js, its options, the script. */
  readonly command: readonly [string, ...string[]];
  readonly userDir: string;
}

/** What is read of `millrace doctor --json`: what a newer one says beside it does not matter. */
const doctorSaid = z.object({
  fit: z.object({
    fits: z.boolean(),
    problems: z.array(z.object({ severity: z.string(), text: z.string(), hint: z.string() })),
    estimates: z.object({ memoryBytes: z.number().optional(), startMs: z.number().optional() }).optional(),
  }),
});

/** Of `millrace bundle test --json`, a line a test or model. */
const testSaid = z.object({
  name: z.string().optional(),
  test: z.string().optional(),
  model: z.string().optional(),
  passed: z.literal(false),
  error: z.object({ message: z.string() }).optional(),
});

/** Judges by `millrace doctor DIR --json` and `millrace bundle test DIR --json`, each in a process of its own with a time limit. */
export function processJudges({ command, userDir }: ProcessJudgesOptions): Judges {
  return {
    async fit(directory, signal) {
      const args = ['doctor', directory, '--json', '--user-dir', userDir];
      const { lines, end } = await run(command, args, limits.fit.value, signal);
      const said = lines.map((line) => doctorSaid.safeParse(json(line))).find(({ success }) => success)?.data;
      if (!said) throw errors.JUDGE_FAILED({ what: 'millrace doctor', reason: reasonOf(end) });
      const { fits, problems, estimates } = said.fit;
      const serious = problems.filter(({ severity }) => severity === 'error');
      if (!fits) {
        throw errors.BUNDLE_UNFIT({
          problems: serious.map(({ text }) => text),
          help: [...new Set(serious.map(({ hint }) => hint))],
        });
      }
      return estimates ?? {};
    },
    async test(directory, signal) {
      const args = ['bundle', 'test', directory, '--json', '--user-dir', userDir];
      const { lines, end } = await run(command, args, limits.test.value, signal);
      if (end.code === 0) return;
      const failures = lines.flatMap((line) => {
        const { success, data } = testSaid.safeParse(json(line));
        if (!success) return [];
        const name = data.test ?? data.name ?? data.model ?? 'a test';
        return [data.error ? `${name} (${data.error.message})` : name];
      });
      if (failures.length > 0) throw errors.BUNDLE_TESTS_FAILED({ failures });
      throw errors.JUDGE_FAILED({ what: 'millrace bundle test', reason: reasonOf(end) });
    },
  };
}

interface End {
  readonly code: number | undefined;
  readonly signal: string | undefined;
  readonly output: string;
  readonly tooLong?: number;
}

async function run(
  [node, ...before]: ProcessJudgesOptions['command'],
  args: readonly string[],
  patience: number,
  signal: AbortSignal,
): Promise<{ readonly lines: readonly string[]; readonly end: End }> {
  signal.throwIfAborted();
  const lines: string[] = [];
  const child = await startProcess({
    name: `millrace ${args[0] ?? ''}`,
    command: node,
    args: [...before, ...args],
    onLine: (line) => void lines.push(line),
  }).catch((error: unknown) => {
    throw errors.JUDGE_FAILED({ what: `millrace ${args[0] ?? ''}`, reason: toPlainError(error).message });
  });
  const stop = () => void child.end();
  signal.addEventListener('abort', stop, { once: true });
  // While it was being started nobody listened.
  if (signal.aborted) stop();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void child.end();
  }, patience);
  const end = await child.ended;
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  return { lines, end: late ? { ...end, code: undefined, tooLong: patience } : end };
}

function reasonOf({ code, signal, output, tooLong }: End): string {
  if (tooLong !== undefined) return `it was not done after ${Math.round(tooLong / 1_000)} s`;
  const last = output.trim().split('\n').slice(-3).join(' ');
  return `${signal ?? `exit code ${code ?? '?'}`}${last === '' ? '' : `: ${last}`}`;
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

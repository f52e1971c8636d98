import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface MutationResult {
  /** One line for each seed that did what must not be. */
  readonly problems: readonly string[];
  readonly refused: number;
  readonly accepted: number;
  /** By ONNX Runtime. */
  readonly loaded: number;
}

interface Line {
  readonly seed?: number;
  readonly problem?: string;
  readonly counts?: Omit<MutationResult, 'problems'>;
}

const LOADER = new URL('./load-mutations.ts', import.meta.url).pathname;

/** Looks at the mutations from `first` to before `last` in a process of their own, slice by slice. */
export async function runMutations(first: number, last: number, slice = 1000): Promise<MutationResult> {
  const problems: string[] = [];
  const total = { refused: 0, accepted: 0, loaded: 0 };
  let from = first;
  while (from < last) {
    const until = Math.min(from + slice, last);
    const { seed, counts, how, found } = await runSlice(from, until);
    problems.push(...found);
    total.refused += counts?.refused ?? 0;
    total.accepted += counts?.accepted ?? 0;
    total.loaded += counts?.loaded ?? 0;
    if (!counts) problems.push(`seed ${seed}: ended the process (${how})`);
    from = counts ? until : seed + 1;
  }
  return { problems, ...total };
}

async function runSlice(from: number, until: number) {
  const child = spawn(process.execPath, [LOADER, String(from), String(until)], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<string>((resolve) => {
    child.once('close', (status, signal) => resolve(signal ?? `exit code ${status}`));
  });
  // Some mutation might make ONNX Runtime compute for ever.
  const watch = setTimeout(() => child.kill('SIGKILL'), 120_000);
  const found: string[] = [];
  let seed = from;
  let counts: Line['counts'];
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Line;
    seed = line.seed ?? seed;
    counts = line.counts;
    if (line.problem !== undefined) found.push(`seed ${seed}: ${line.problem}`);
  }
  const how = await ended;
  clearTimeout(watch);
  return { seed, counts, how, found };
}

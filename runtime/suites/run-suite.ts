import { defineLimit } from '../base/index.ts';
import { type TestReport, testReport } from '../messages/index.ts';
import { type ProcessHandle, startProcess } from '../workers/index.ts';
import { errors } from './errors.ts';
import { findRunner } from './find-runner.ts';
import type { RunOptions } from './types.ts';

const runLimit = defineLimit(
  'suite_run_ms',
  1_800_000,
  'Runs of flow tests from the editor that were ended unfinished',
);

/** Starts `millrace test --json` and hands on its lines; it ends with whoever asks. */
export async function* runSuite(
  flow: string,
  userDir: string,
  { names = [], signal }: RunOptions,
): AsyncGenerator<TestReport, void> {
  const lines: string[] = [];
  let wake: () => void = () => undefined;
  let over = false;
  let why: string | undefined;

  const chosen = names.flatMap((name) => ['--test', name]);
  const runner: ProcessHandle = await startProcess({
    name: 'millrace test',
    command: process.execPath,
    args: [findRunner(userDir), 'test', '--json', '--user-dir', userDir, ...chosen, '--', flow],
    onLine(line) {
      lines.push(line);
      wake();
    },
  });
  const end = (reason: string) => {
    why ??= reason;
    void runner.end();
  };
  const onAbort = () => end('it was stopped');
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  const timer = setTimeout(() => {
    runLimit.cost();
    end(`it took longer than ${runLimit.value / 1000} s`);
  }, runLimit.value);
  void runner.ended.then(() => {
    over = true;
    wake();
  });

  let summed = false;
  try {
    for (;;) {
      const line = lines.shift();
      if (line !== undefined) {
        const report = testReport.safeParse(asJson(line));
        // A node of the flow may print lines of its own.
        if (!report.success) continue;
        summed ||= report.data.kind === 'summary';
        yield report.data;
      } else if (over) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    const { code, output } = await runner.ended;
    if (summed || signal?.aborted) return;
    const last = output.trim().split('\n').slice(-5).join('\n');
    throw errors.SUITE_FAILED({ reason: why ?? (last === '' ? `exit code ${code}` : last) });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    await runner.end();
  }
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

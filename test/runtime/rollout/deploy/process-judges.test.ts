/** The judges start `millrace` as a process; here another program stands in for it, which says and does what a test wants. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { MillraceError } from '../../../../runtime/base/index.ts';
import { processJudges } from '../../../../runtime/rollout/index.ts';

vi.hoisted(() => {
  process.env['MILLRACE_LIMIT_DEPLOY_FIT_MS'] = '1000';
});

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-judges-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Judges by a program of these lines, which ends with `code`. */
async function judgesBy(lines: readonly unknown[], code = 0, more = '', ceiling = 400e6) {
  const script = join(directory, 'millrace.mjs');
  const text = lines.map((line) => `console.log(${JSON.stringify(JSON.stringify(line))});`).join('\n');
  await writeFile(script, `${text}\n${more}\nprocess.exitCode = ${code};`);
  return processJudges({ command: [process.execPath, script], userDir: directory, ceiling, flowCeiling: 300e6 });
}

const open = new AbortController();
const refusal = (work: Promise<unknown>): Promise<MillraceError> =>
  work.then(
    () => Promise.reject(new Error('it passed')),
    (error: unknown) => error as MillraceError,
  );
const MODELS = [
  { name: 'pump', tier: 'compiled', latencyMs: { compiled: 0.02, native: 0.4 }, memoryBytes: 1e6, measured: true },
  { name: 'face', tier: 'native', latencyMs: { native: 0.3 }, memoryBytes: 1e6, measured: true },
];
const doctor = (fits: boolean, problems: readonly object[] = []) => ({
  ...{ format: 1, profile: {}, findings: [] },
  fit: { fits, problems, estimates: { memoryBytes: 9e7, startMs: 700, diskBytes: 1, models: MODELS } },
});

describe('whether a bundle fits', () => {
  it('is what the doctor says of it, with its estimate', async () => {
    const judges = await judgesBy([doctor(true)]);
    expect(await judges.fit('/slot', open.signal)).toEqual({ memoryBytes: 9e7, startMs: 700, modelMs: 0.3 });
  });

  it('is asked with what a flow may take here', async () => {
    const given = join(directory, 'given');
    const write = `import('node:fs').then((fs) => fs.writeFileSync(${JSON.stringify(given)}, process.argv.slice(2).join(' ')));`;
    await (await judgesBy([doctor(true)], 0, write)).fit('/slot', open.signal);
    expect(await readFile(given, 'utf8')).toBe(`doctor /slot --json --boards --user-dir ${directory} --max-memory 300`);
  });

  it('does not depend on what else ails the machine', async () => {
    const judges = await judgesBy([doctor(true)], 1);
    await judges.fit('/slot', open.signal);
  });

  it('is refused with what is missing and what would help', async () => {
    const missing = { severity: 'error', text: 'it needs 900 MB of memory', hint: 'Use a smaller model.' };
    const judges = await judgesBy([doctor(false, [missing, { severity: 'warning', text: 'slow', hint: 'Wait.' }])], 1);
    const { code, message, hint } = await refusal(judges.fit('/slot', open.signal));
    expect({ code, message, hint }).toEqual({
      code: 'BUNDLE_UNFIT',
      message: 'it does not fit this gateway: it needs 900 MB of memory',
      hint: 'Use a smaller model.',
    });
  });

  it('is not known where the doctor falls over, hangs or cannot be started', async () => {
    const fallen = await judgesBy([], 1, 'console.error("no such thing");');
    expect((await refusal(fallen.fit('/slot', open.signal))).message).toContain('exit code 1: no such thing');
    const hung = await judgesBy([], 0, 'setInterval(() => {}, 1000);');
    expect((await refusal(hung.fit('/slot', open.signal))).message).toContain('it was not done after 1 s');
    const none = processJudges({ command: [join(directory, 'nothing')], userDir: directory });
    expect((await refusal(none.fit('/slot', open.signal))).code).toBe('JUDGE_FAILED');
  });

  it('is no longer asked when the gateway stops', async () => {
    const hung = await judgesBy([], 0, 'setInterval(() => {}, 1000);');
    const closing = new AbortController();
    const asked = refusal(hung.test('/slot', closing.signal));
    closing.abort();
    expect((await asked).name).toBe('AbortError');
  });
});

it('is asked behind everything else that runs, on a line that tells when the gateway is gone', async () => {
  const judges = await judgesBy(
    [],
    1,
    `import { readFileSync } from 'node:fs';
     import { getPriority } from 'node:os';
     const found = () => [readFileSync('/proc/self/oom_score_adj', 'utf8').trim(), getPriority() > 0, process.connected];
     const look = setInterval(() => {
       if (found().join() !== '1000,true,true') return;
       clearInterval(look);
       process.exitCode = 0;
     }, 10);`,
  );
  await judges.test('/slot', open.signal);
});

describe('whether a bundle’s tests pass on the gateway', () => {
  it('is what their process says in the end', async () => {
    const judges = await judgesBy([
      { test: 'well', passed: true },
      { kind: 'summary', passed: 1, failed: 0 },
    ]);
    await judges.test('/slot', open.signal);
  });

  it('is not known where they take more memory than is left beside the flow', async () => {
    const hoard = 'const held = []; for (;;) held.push(new Array(100_000).fill({}));';
    const inHeap = await judgesBy([], 0, hoard, 64 * 2 ** 20);
    expect((await refusal(inHeap.test('/slot', open.signal))).message).toContain('it took more than 67 MB of memory');
    const beside = 'globalThis.held = Buffer.alloc(300e6, 1); setInterval(() => {}, 1000);';
    const outside = await judgesBy([], 0, beside, 150e6);
    expect((await refusal(outside.test('/slot', open.signal))).message).toContain('it took more than 150 MB of memory');
  });

  it('is told of some where thousands fail', async () => {
    const many = 'for (let i = 0; i < 5_000; i++) console.log(JSON.stringify({ test: `no. ${i}`, passed: false }));';
    const { message } = await refusal((await judgesBy([], 1, many)).test('/slot', open.signal));
    expect(message).toContain('no. 0; no. 1;');
    expect(message).toMatch(/and 4980 more$/);
  });

  it('is refused with what fails, and why', async () => {
    const lines = [
      { model: 'pump-health', passed: false, error: { message: 'vector 2: 0.4 instead of 0.9' } },
      { test: 'well', passed: true },
      { test: 'worn', passed: false },
    ];
    const { code, message } = await refusal((await judgesBy(lines, 1)).test('/slot', open.signal));
    expect(code).toBe('BUNDLE_TESTS_FAILED');
    expect(message).toBe('its own tests fail on this gateway: pump-health (vector 2: 0.4 instead of 0.9); worn');
  });
});

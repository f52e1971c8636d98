import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { openDataSets } from '../../../runtime/datasets/index.ts';
import { evaluationReport, trainingReport } from '../../../runtime/messages/index.ts';
import { millraceHere, startMillrace } from '../../support/command.ts';
import { table, twoKinds } from '../services/learning/support.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-cli-'));
  const dataSets = openDataSets({ directory: join(directory, 'millrace/data'), clock: systemClock });
  for (const [name, rows] of [
    ['iris', await table('iris')],
    ['many', twoKinds(4000, 20)],
  ] as const) {
    const set = await dataSets.open(name);
    await set.add(rows);
    await set.close();
  }
  await dataSets.close();
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const env = () => ({ MILLRACE_USER_DIR: directory });
const start = (...args: readonly string[]) => startMillrace(args, { env: env() });
const millrace = (...args: readonly string[]) => millraceHere(args, { env: env() });

describe('millrace train', () => {
  it('says how good the model is, what was tried and where it is; evaluate gives the same figures', async () => {
    const trained = await start('train', 'iris', '--model', 'flower', '--alias', 'production').ended;
    expect(trained).toMatchObject({ code: 0, stderr: '' });
    expect(trained.stdout).toMatch(/^flower@1\.0\.0: classification by [\w\s-]+, learnt "iris" in \d+\.\d s\n/);
    expect(trained.stdout).toMatch(/right +\d+\.\d % {2}\(95 % sure: .*\) of 36 examples/);
    expect(trained.stdout).toMatch(/Tried:\n +Logistic regression +0\.\d{3}/);
    expect(trained.stdout).toContain('Stored as flower@1.0.0, which is production.');
    const evaluated = await millrace('evaluate', 'flower@production', 'iris');
    expect(evaluated.stdout).toContain('114 that it has learnt from are left out.');
    const matrix = (text: string) => /What it said[^]*?virginica( +[\d·]+){3}/.exec(text)?.[0];
    expect(matrix(evaluated.stdout)).toBe(matrix(trained.stdout));
  });

  it('gives reports for a program', async () => {
    const quick = ['--trainer', 'logistic-regression', '--settings', 'inversePenalty=2', '--folds', '3'];
    const trained = await millrace('train', 'iris', '--model', 'other', ...quick, '--json');
    const report = trainingReport.parse(JSON.parse(trained.stdout));
    expect(report).toMatchObject({
      trainer: { settings: { inversePenalty: 2 } },
      folds: { values: [{}, {}, {}].map(() => expect.any(Number) as number) },
    });
    const evaluated = await millrace('evaluate', 'other', 'iris', '--challenger', 'other@1.0.0', '--json');
    expect(evaluationReport.parse(JSON.parse(evaluated.stdout)).challenger?.comparison.verdict).toBe('no difference');
  });

  it('stores nothing when it is stopped by Ctrl-C', async () => {
    const { child, ended } = start(
      'train',
      'many',
      '--model',
      'many',
      '--trainer',
      'nearest-neighbours',
      '--folds',
      '20',
    );
    await expect
      .poll(() => readdir(join(directory, 'millrace/learning/staging')).catch(() => []), { timeout: 60_000 })
      .toHaveLength(1);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 1, stderr: 'Cancelled. Nothing was stored.\n' });
    expect(await readdir(join(directory, 'millrace/learning/staging'))).toEqual([]);
    expect((await millrace('model', 'list', '--json')).stdout).not.toContain('"many"');
  });

  it.each([
    [['train', 'nowhere', '--model', 'm'], 'DATA_SET_NOT_FOUND'],
    [['train', 'iris', '--model', 'My Model'], 'MODEL_NAME_INVALID'],
    [['train', 'iris', '--model', 'm', '--seconds', 'soon'], 'OPTION_INVALID'],
    [
      ['train', 'iris', '--model', 'm', '--test-share', '0.9'],
      '--test-share is "0.9", but must be a number from 0.05 to 0.5',
    ],
    [['train', 'iris', '--model', 'm', '--trainer', 'ridge', '--settings', 'alpha'], 'OPTION_INVALID'],
    [['train', 'iris'], "required option '-m, --model <name>'"],
    [['evaluate', 'nothing', 'iris'], 'MODEL_NOT_FOUND'],
  ])('ends wrong use with what is wrong: %j', async (args, problem) => {
    const { code, stderr } = await millrace(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(problem);
  });
});

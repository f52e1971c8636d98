import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createInference } from '../../../../runtime/inference/index.ts';
import type { TrainingState, TrainRequest } from '../../../../runtime/messages/index.ts';
import type { NewExample } from '../../../../runtime/datasets/index.ts';
import { table, twoKinds, type Workplace, workplace } from './support.ts';

const quick: TrainRequest['choices'] = { trainer: 'logistic-regression' };

const train = async ({ learning }: Workplace, request: TrainRequest): Promise<TrainingState> =>
  await (
    await learning.train(request)
  ).ended;

const left = async ({ directory }: Workplace) => await readdir(join(directory, 'learning/staging')).catch(() => []);

describe('a training', () => {
  it('gives a model that the registry holds and inference runs, with everything that a package carries', async () => {
    await using place = await workplace();
    await place.fill('iris', await table('iris'));
    const states: TrainingState[] = [];
    place.learning.onChange((state) => states.push(state));
    const ended = await train(place, { dataSet: 'iris', model: 'flower', choices: quick, alias: 'production' });
    expect(ended).toMatchObject({ state: 'done', progress: 1, model: 'flower', dataSet: 'iris' });
    const pkg = await place.models.resolve('flower@production');
    expect(pkg.manifest).toMatchObject({
      ...{ name: 'flower', version: '1.0.0', task: 'classification' },
      labels: ['setosa', 'versicolor', 'virginica'],
      metrics: { rows: 36, accuracy: ended.report?.evaluation.classification?.accuracy.value },
      lineage: {
        data: ended.report?.dataSet.digest,
        trainer: { name: 'logistic-regression', settings: { inversePenalty: 1 } },
      },
    });
    expect(pkg.manifest.vectors.length).toBeGreaterThan(3);
    expect(pkg.reference?.rows).toHaveLength(114);
    const inference = createInference({ clock: systemClock });
    const predictor = await inference.open(pkg);
    const { payload } = await predictor.predict({
      ...{ sepal_length_cm: 5.1, sepal_width_cm: 3.5 },
      ...{ petal_length_cm: 1.4, petal_width_cm: 0.2 },
    });
    expect(payload).toMatchObject({ label: 'setosa' });
    await inference.close();
    expect(states.map(({ state }) => state)).toEqual(expect.arrayContaining(['running', 'done']));
    expect(await place.learning.report('flower')).toEqual(ended.report);
    expect(await left(place)).toEqual([]);
  });

  it('gives the same bytes for the same data and seed', async () => {
    const bytes = async () => {
      await using place = await workplace();
      await place.fill('wine', await table('wine'));
      await train(place, { dataSet: 'wine', model: 'wine' });
      const { directory } = await place.models.resolve('wine');
      return Promise.all(['model.onnx', 'model.json', 'reference.csv'].map((file) => readFile(join(directory, file))));
    };
    expect(await bytes()).toEqual(await bytes());
  });

  it('makes the next version of a model that is there, and says from which', async () => {
    await using place = await workplace();
    await place.fill('kinds', twoKinds(60));
    const first = await train(place, { dataSet: 'kinds', model: 'kinds', choices: quick });
    await place.fill('kinds', twoKinds(10));
    const second = await train(place, { dataSet: 'kinds', model: 'kinds', choices: quick });
    expect(second.report?.model.version).toBe('1.0.1');
    const { manifest } = await place.models.resolve('kinds');
    expect(manifest.lineage).toMatchObject({ parent: first.report?.model.digest });
  });

  it('explains in one sentence what it has chosen, and lists what it has tried', async () => {
    await using place = await workplace();
    await place.fill('wine', await table('wine'));
    const { report } = await train(place, { dataSet: 'wine', model: 'wine' });
    expect(report?.why).toMatch(/^[A-Z][\w\s-]+: \d+\.\d % right in cross-validation[,;] .*\.$/);
    expect(report?.tried.length).toBeGreaterThan(2);
    expect(report?.tried.every(({ score, problem }) => score !== undefined || problem !== undefined)).toBe(true);
    const best = Math.max(...(report?.tried ?? []).map(({ score = 0 }) => score));
    const taken = report?.tried.find(({ trainer }) => trainer === report.trainer.name);
    expect(taken?.score).toBeGreaterThan(best - 0.05);
  });

  it('makes features of windows, by a recipe that the model carries', async () => {
    await using place = await workplace();
    await place.fill('swing', windows(80));
    const { report } = await train(place, { dataSet: 'swing', model: 'swing', choices: quick });
    expect(report?.evaluation.classification?.accuracy.value).toBeGreaterThan(0.9);
    const { manifest } = await place.models.resolve('swing');
    expect(manifest.recipe).toMatchObject({ channels: ['x'], rate: 100, length: 64 });
    expect(manifest.recipe?.blocks.map(({ type }) => type)).toEqual(['statistics', 'bands', 'zero-crossings']);
    const evaluated = await place.learning.evaluate({ model: 'swing', dataSet: 'swing' });
    expect(evaluated.evaluation.classification?.confusion).toEqual(report?.evaluation.classification?.confusion);
  });
});

/** Windows of a slow and of a quick swing. */
const windows = (count: number): NewExample[] =>
  Array.from({ length: count }, (_, at) => ({
    payload: {
      ...{ channels: ['x'], rate: 100, start: at * 640, shape: [64, 1] as [number, number] },
      data: Float32Array.from(
        { length: 64 },
        (_, n) => Math.sin((n + at) * (at % 2 === 0 ? 0.5 : 1.5)) + 0.01 * (at % 7),
      ),
    },
    label: at % 2 === 0 ? 'slow' : 'quick',
    time: at * 640,
    group: `run ${at % 8}`,
  }));

describe('evaluating', () => {
  it('leaves out what the model has learnt from, and gives the figures of the training', async () => {
    await using place = await workplace();
    await place.fill('iris', await table('iris'));
    const { report } = await train(place, { dataSet: 'iris', model: 'flower', choices: quick });
    const { words, evaluation } = await place.learning.evaluate({ model: 'flower', dataSet: 'iris' });
    expect(words).toBe('36 of 150 examples of "iris" are used: 114 that it has learnt from are left out.');
    expect(evaluation.classification?.confusion).toEqual(report?.evaluation.classification?.confusion);
  });

  it('makes the split again for a model that was trained elsewhere', async () => {
    await using there = await workplace();
    await there.fill('iris', await table('iris'));
    await train(there, { dataSet: 'iris', model: 'flower', choices: quick });
    await using here = await workplace();
    await here.fill('iris', await table('iris'));
    await here.models.put((await there.models.resolve('flower')).directory);
    const { words } = await here.learning.evaluate({ model: 'flower', dataSet: 'iris' });
    expect(words).toMatch(/^36 of 150 examples/);
  });

  it('compares two models on the same rows, with the verdict in words', async () => {
    await using place = await workplace();
    await place.fill('wine', await table('wine'));
    await train(place, { dataSet: 'wine', model: 'good', choices: quick });
    const poor = { trainer: 'logistic-regression', settings: { inversePenalty: 1e-6 }, calibrate: 'off' } as const;
    await train(place, { dataSet: 'wine', model: 'poor', choices: poor });
    const { challenger } = await place.learning.evaluate({ model: 'good', challenger: 'poor', dataSet: 'wine' });
    expect(challenger?.comparison).toMatchObject({ champion: { name: 'good' }, challenger: { name: 'poor' } });
    expect(challenger?.comparison.words).toMatch(/points/);
  });
});

describe('bad input', () => {
  const failing = async (examples: readonly NewExample[], choices: TrainRequest['choices'] = {}) => {
    await using place = await workplace();
    await place.fill('bad', examples);
    const { state, error } = await train(place, { dataSet: 'bad', model: 'bad', choices });
    expect(state).toBe('failed');
    expect(await place.models.list()).toEqual([]);
    expect(await left(place)).toEqual([]);
    expect(error?.hint).toMatch(/^[A-Z].*\.$/);
    return error?.code;
  };

  it('ends the training with a hint, and stores nothing', async () => {
    expect(await failing(twoKinds(40).map((each) => ({ ...each, label: 'well' })))).toBe('LABELS_TOO_FEW');
  });

  it('refuses at once what cannot begin', async () => {
    await using place = await workplace();
    const code = (request: TrainRequest) =>
      place.learning.train(request).then(
        () => '',
        (error: { code: string }) => error.code,
      );
    expect(await code({ dataSet: 'nowhere', model: 'm' })).toBe('DATA_SET_NOT_FOUND');
    await place.fill('kinds', twoKinds(20));
    expect(await code({ dataSet: 'kinds', model: 'My Model!' })).toBe('MODEL_NAME_INVALID');
    expect(await code({ dataSet: 'kinds', model: 'm'.repeat(101) })).toBe('MODEL_NAME_INVALID');
    expect(await code({ dataSet: 'kinds', model: 'm', alias: '../live' })).toBe('ALIAS_INVALID');
    expect(await code({ dataSet: 'kinds', model: 'm', choices: { seconds: -1 } })).toBe('LEARNING_REQUEST_INVALID');
    expect(await code({ dataSet: 'kinds', model: 'm', choices: { embedding: 'nothing' } })).toBe('MODEL_NOT_FOUND');
    expect(() => place.learning.cancel('nothing')).toThrow(/nothing/);
  });

  it('says that the version is stored where only its alias could not be moved', async () => {
    await using place = await workplace();
    const models = { ...place.models, alias: () => Promise.reject(new Error('read-only disk')) };
    await using other = await workplace({ models });
    await other.fill('kinds', twoKinds(40));
    const { state, error } = await train(other, { dataSet: 'kinds', model: 'kinds', alias: 'live', choices: quick });
    expect({ state, code: error?.code }).toEqual({ state: 'failed', code: 'ALIAS_NOT_MOVED' });
    expect(error?.message).toMatch(/"kinds" 1\.0\.0 is stored.*read-only disk/);
    expect((await place.models.list()).map(({ name, version }) => `${name} ${version}`)).toEqual(['kinds 1.0.0']);
  });

  it('leaves unlabelled rows out of a classification, and says how many', async () => {
    await using place = await workplace();
    await place.fill('some', [...twoKinds(40), ...twoKinds(7).map(({ payload }) => ({ payload }))]);
    const { report } = await train(place, { dataSet: 'some', model: 'some', choices: quick });
    expect(report?.findings.find(({ code }) => code === 'UNLABELLED')?.message).toMatch(/^7 examples of 47 /);
  });
});

describe('a training that is ended', { timeout: 60_000 }, () => {
  /** Long enough to be met in the middle. */
  const long: TrainRequest['choices'] = { trainer: 'nearest-neighbours', folds: 20 };

  const running = async (place: Workplace) => {
    await place.fill('many', twoKinds(4000, 20));
    const training = await place.learning.train({ dataSet: 'many', model: 'many', choices: long });
    await new Promise<void>((resolve) => {
      place.learning.onChange(({ step }) => step.startsWith('fold') && resolve());
    });
    return training;
  };

  it('by a kill leaves no version and no files, and the next one runs', async () => {
    await using place = await workplace();
    const training = await running(place);
    const child = await childOf(process.pid);
    // Where a machine's memory is over this one goes first.
    expect(await readFile(`/proc/${child}/oom_score_adj`, 'utf8')).toBe('1000\n');
    process.kill(Number(child), 'SIGKILL');
    expect(await training.ended).toMatchObject({ state: 'failed', error: { code: 'TRAINING_ENDED' } });
    expect(await place.models.list()).toEqual([]);
    expect(await left(place)).toEqual([]);
    expect(await train(place, { dataSet: 'many', model: 'many', choices: quick })).toMatchObject({ state: 'done' });
  });

  it('by a person stops at once; one that waits never begins', async () => {
    await using place = await workplace();
    const training = await running(place);
    const waiting = await place.learning.train({ dataSet: 'many', model: 'other', choices: long });
    expect(waiting.state.state).toBe('waiting');
    waiting.cancel();
    place.learning.cancel(training.id);
    expect(await training.ended).toMatchObject({ state: 'cancelled' });
    expect(await waiting.ended).toMatchObject({ state: 'cancelled' });
    expect(place.learning.trainings().map(({ id }) => id)).toEqual([waiting.id, training.id]);
    expect(await place.models.list()).toEqual([]);
    expect(await left(place)).toEqual([]);
  });

  it('by the end of the whole process is tidied up at the next start', async () => {
    await using place = await workplace();
    const staging = join(place.directory, 'learning/staging');
    // Nobody has the number 2 ** 22 + 1; whoever had ours is gone.
    for (const folder of [`${2 ** 22 + 1}-old`, `${process.pid}-before`]) {
      await mkdir(join(staging, folder), { recursive: true });
      await writeFile(join(staging, folder, 'model.onnx'), 'half');
    }
    await place.fill('kinds', twoKinds(40));
    await train(place, { dataSet: 'kinds', model: 'kinds', choices: quick });
    expect(await left(place)).toEqual([]);
  });

  it('by a kill of the whole process does not go on without it', async () => {
    const script = join(import.meta.dirname, 'train-for-ever.ts');
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const lines = createInterface({ input: parent.stdout })[Symbol.asyncIterator]();
    const next = async () => String((await lines.next()).value);
    const directory = await next();
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const child = Number(await next());
    expect(isThere(child)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isThere(child), { timeout: 60_000 }).toBe(false);
    expect(await readdir(join(directory, 'models')).catch(() => [])).not.toContain('many');
  });

  it('by closing is awaited', async () => {
    await using place = await workplace();
    const training = await running(place);
    await place.learning.close();
    expect(training.state.state).toBe('cancelled');
    await expect(place.learning.train({ dataSet: 'many', model: 'm' })).rejects.toMatchObject({
      code: 'LEARNING_CLOSED',
    });
  });
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The newest child of a process. */
async function childOf(pid: number): Promise<string | undefined> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(/\s+/).at(-1);
}

it('describes its trainers for a dialog', async () => {
  await using place = await workplace();
  const cards = place.learning.trainers();
  expect(cards.map(({ name }) => name)).toContain('logistic-regression');
  expect(cards.every(({ settings }) => (settings as { type: string }).type === 'object')).toBe(true);
});

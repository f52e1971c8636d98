import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { metricsText, systemClock } from '../../../runtime/base/index.ts';
import { createEngine } from '../../../runtime/inference/engine.ts';
import { createInference, type Inference, type Prediction } from '../../../runtime/inference/index.ts';
import type { FeaturesPayload } from '../../../runtime/messages/index.ts';
import { inferenceOn } from '../../../runtime/inference/inference.ts';
import { build, writeOnnx } from '../../../runtime/onnx-format/index.ts';
import { prepareRecipe, type Recipe, recipeDigest } from '../../../runtime/signal/index.ts';
import { slowModel, softmaxOnnx, softmaxScores, temporaryPackages } from './tiny-model.ts';

const clock = systemClock;
/** Through the worker, which a compiled model would not need. */
const NATIVE = { queueLimit: 10, tier: () => 'native' as const };
let packages: Awaited<ReturnType<typeof temporaryPackages>>;
const opened: Inference[] = [];

/** Closed after the test. */
function start(made = createInference({ clock })): Inference {
  opened.push(made);
  return made;
}

const featuresOf = ({ features }: Prediction) => features as FeaturesPayload;
const confidenceIn = ({ payload }: Prediction, label: string) => ('scores' in payload ? payload.scores[label] : NaN);

beforeAll(async () => {
  packages = await temporaryPackages();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((inference) => inference.close()));
});
afterAll(() => packages.remove());

describe('predict', () => {
  it('counts what a flow is answered, and nothing else', async () => {
    const inference = start();
    const pkg = await packages.write();
    const counted = () => Number(/millrace_predictions_total\{[^}]*"tiny"[^}]*\} (\d+)/.exec(metricsText())?.[1] ?? 0);
    const before = counted();
    await (await inference.open(pkg, { uncounted: true })).predict([1, 2, 0.5]);
    expect(counted()).toBe(before);
    await (await inference.open(pkg)).predict([1, 2, 0.5]);
    expect(counted()).toBe(before + 1);
  });

  it('takes named features in any order, arrays and typed arrays, and gives the same prediction', async () => {
    const predictor = await start().open(await packages.write());
    const named = await predictor.predict({ peak: 0.5, mean: 1, rms: 2 });
    const [well, worn] = softmaxScores([1, 2, 0.5]);
    expect(named.payload).toMatchObject({ label: 'well' });
    expect(confidenceIn(named, 'well')).toBeCloseTo(well, 5);
    expect(confidenceIn(named, 'worn')).toBeCloseTo(worn, 5);
    expect(named.features).toEqual({ mean: 1, rms: 2, peak: 0.5 });
    expect(Object.keys(featuresOf(named))).toEqual(['mean', 'rms', 'peak']);
    expect(named.latencyMs).toBeGreaterThan(0);
    for (const same of [[1, 2, 0.5], Float32Array.of(1, 2, 0.5), Float64Array.of(1, 2, 0.5)]) {
      expect((await predictor.predict(same)).payload).toEqual(named.payload);
    }
    const { name, version, digest } = predictor.model;
    expect([name, version, digest.length]).toEqual(['tiny', '1.0.0', 64]);
  });

  it("takes a window and runs the package's recipe on it", async () => {
    const recipe: Recipe = {
      channels: ['x'],
      rate: 100,
      length: 4,
      stride: 2,
      blocks: [{ type: 'statistics', channels: ['x'], measures: ['mean', 'rms', 'peak'], detrend: 'none' }],
    };
    const features = prepareRecipe(recipe).featureNames;
    const inputs = [{ name: 'features', type: 'float32', shape: ['rows', 3], features: [...features] }];
    const predictor = await start().open(await packages.write({ name: 'with-recipe', recipe, inputs }));
    expect(predictor.recipe).toBe(recipeDigest(recipe));

    const window = { channels: ['x'], rate: 100, start: 0, data: [1, 2, 3, 2], shape: [4, 1] };
    const prediction = await predictor.predict(window);
    expect(featuresOf(prediction)['mean_x']).toBe(2);
    const byFeatures = await predictor.predict(featuresOf(prediction));
    expect(byFeatures.payload).toEqual(prediction.payload);
    await expect(predictor.predict({ ...window, channels: ['y'] })).rejects.toMatchObject({
      code: 'WINDOW_CHANNELS_MISSING',
    });
    await expect(predictor.predict({ channels: ['x'], data: 'nothing' })).rejects.toMatchObject({
      code: 'WINDOW_INVALID',
    });
  });

  it('keeps apart what a recipe carries from window to window for each user of one model', async () => {
    const recipe: Recipe = {
      ...{ channels: ['x'], rate: 100, length: 4, stride: 4 },
      blocks: [
        { type: 'filter', channels: ['x'], pass: 'low', cutoffs: [5], order: 2, state: 'carry', start: 'steady' },
        { type: 'statistics', channels: ['x'], measures: ['mean', 'rms', 'peak'], detrend: 'none' },
      ],
    };
    const inputs = [{ name: 'features', type: 'float32', shape: ['rows', 3], features: ['mean', 'rms', 'peak'] }];
    const pkg = await packages.write({ name: 'carries', recipe, inputs });
    const inference = start();
    const [one, other] = [await inference.open(pkg), await inference.open(pkg)];
    const alone = prepareRecipe(recipe);
    for (let index = 0; index < 4; index++) {
      const window = (level: number) => ({
        ...{ channels: ['x'], rate: 100, start: 40 * index, shape: [4, 1] as [number, number] },
        data: [0, 1, 2, 3].map((n) => level * Math.sin(4 * index + n)),
      });
      await other.predict(window(100));
      const features = featuresOf(await one.predict(window(1)));
      expect(Object.values(features)).toEqual([...alone.run(window(1))]);
    }
  });

  it('doubts features that name another recipe than that of the model, and no others', async () => {
    const recipe: Recipe = {
      ...{ channels: ['x'], rate: 100, length: 4, stride: 2 },
      blocks: [{ type: 'statistics', channels: ['x'], measures: ['mean', 'rms', 'peak'], detrend: 'none' }],
    };
    const inference = start();
    const predictor = await inference.open(await packages.write({ name: 'doubts', recipe }));
    expect(predictor.doubt(recipeDigest(recipe))).toBeUndefined();
    expect(predictor.doubt(undefined)).toBeUndefined();
    expect(predictor.doubt(recipeDigest({ ...recipe, stride: 4 }))).toMatchObject({ code: 'RECIPE_DIFFERS' });
    const bare = await inference.open(await packages.write());
    expect(bare.doubt(recipeDigest(recipe))).toBeUndefined();
  });

  it('says of a wrong input what is wrong with it, and answers the next', async () => {
    const predictor = await start().open(await packages.write());
    const refused = (input: unknown) => predictor.predict(input).then(String, (error: unknown) => error);
    expect(await refused({ mean: 1 })).toMatchObject({
      code: 'MODEL_INPUT_MISMATCH',
      message: 'model "tiny" expects 3 features, got 1 (missing: rms, peak)',
    });
    expect(await refused({ mean: 1, rms: 2, peak: 3, kurtosis: 4 })).toMatchObject({
      code: 'MODEL_INPUT_EXTRA',
      message: expect.stringContaining('kurtosis') as string,
    });
    expect(await refused({ mean: 1, rms: 2, Peak: 3 })).toMatchObject({ code: 'MODEL_INPUT_MISNAMED' });
    expect(await refused([1, 2, 3, 4])).toMatchObject({ code: 'MODEL_INPUT_LENGTH' });
    expect(await refused({ mean: 1, rms: NaN, peak: 3 })).toMatchObject({
      code: 'MODEL_INPUT_NOT_FINITE',
      message: 'model "tiny" got NaN for the feature "rms"',
    });
    expect(await refused({ mean: 1, rms: '2', peak: 3 })).toMatchObject({ code: 'MODEL_VALUE_TYPE' });
    // Finite in 64 bits, infinite in the 32 bits of the model.
    expect(await refused([1e39, 0, 0])).toMatchObject({ code: 'MODEL_INPUT_NOT_FINITE' });
    for (const wrong of ['text', 7, null, undefined, true]) {
      expect(await refused(wrong)).toMatchObject({ code: 'MODEL_INPUT_TYPE' });
    }
    const window = { channels: ['x'], rate: 1, start: 0, data: [1, 2], shape: [2, 1] };
    expect(await refused(window)).toMatchObject({ code: 'MODEL_WITHOUT_RECIPE' });
    expect((await predictor.predict([1, 2, 0.5])).payload).toMatchObject({ label: 'well' });
  });

  it('answers in the order of asking, whatever is wrong in between', async () => {
    const predictor = await start().open(await packages.write());
    const order: number[] = [];
    const asked = Array.from({ length: 40 }, (_, i) =>
      predictor.predict(i % 7 === 3 ? [i] : [i, 0, 0]).then(
        () => order.push(i),
        () => undefined,
      ),
    );
    await Promise.all(asked);
    expect(order).toEqual(Array.from({ length: 40 }, (_, i) => i).filter((i) => i % 7 !== 3));
  });

  it('refuses with QUEUE_FULL what exceeds the queue, and answers what is in it', async () => {
    const predictor = await start(createInference({ clock, queueLimit: 3, tier: 'native' })).open(
      await packages.write(),
    );
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => predictor.predict([1, 2, 3])));
    expect(answers.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect((answers[4] as PromiseRejectedResult).reason).toMatchObject({ code: 'QUEUE_FULL' });
    await expect(predictor.predict([1, 2, 3])).resolves.toBeDefined();
  });
});

describe('open', () => {
  it('shares one session by digest and releases it with its last user', async () => {
    const engine = createEngine(clock, () => undefined);
    const calls: string[] = [];
    const watched = {
      ...engine,
      async worker(model: string) {
        const worker = await engine.worker(model);
        return (watching ??= {
          ...worker,
          call: (method: never, ...args: never) => {
            calls.push(method);
            return worker.call(method, ...args);
          },
        });
      },
    };
    let watching: Awaited<ReturnType<typeof engine.worker>> | undefined;
    const inference = start(inferenceOn(watched, clock, NATIVE));
    const pkg = await packages.write();
    const [first, second] = await Promise.all([inference.open(pkg), inference.open(pkg)]);
    expect(calls.filter((method) => method === 'load')).toHaveLength(1);

    await first.close();
    await first.close();
    await expect(first.predict([1, 2, 3])).rejects.toMatchObject({ code: 'INFERENCE_CLOSED' });
    await expect(second.predict([1, 2, 3])).resolves.toBeDefined();
    expect(calls).not.toContain('release');
    await second.close();
    expect(calls.filter((method) => method === 'release')).toHaveLength(1);
    await expect((await inference.open(pkg)).predict([1, 2, 3])).resolves.toBeDefined();
  });

  it('answers what was asked before the close', async () => {
    const predictor = await start().open(await packages.write());
    const asked = Array.from({ length: 20 }, (_, i) => predictor.predict([i, 0, 0]));
    await predictor.close();
    expect(await Promise.all(asked)).toHaveLength(20);
  });

  it('refuses a model whose answers are not those of its test vectors, with the difference', async () => {
    const vectors = [
      {
        inputs: { features: { shape: [1, 3], data: [1, 2, 0.5] } },
        outputs: { scores: { shape: [1, 2], data: [0.85, 0.15] } },
        tolerance: 1e-4,
      },
    ];
    const inference = start();
    await expect(inference.open(await packages.write({ name: 'liar', vectors }))).rejects.toMatchObject({
      code: 'VECTORS_DISAGREE',
      message: expect.stringMatching(
        /^model "liar" \(\w+\) answers test vector 0 with scores\[0\] = 0\.85195.* 0\.0019/,
      ) as string,
    });
    // And goes on with those that tell the truth.
    await expect((await inference.open(await packages.write())).predict([1, 2, 3])).resolves.toBeDefined();
  });

  it('refuses a model whose input is no row of features', async () => {
    const inputs = [{ name: 'features', type: 'float32', shape: ['rows', 3], features: ['mean', 'rms'] }];
    await expect(start().open(await packages.write({ name: 'short', inputs }))).rejects.toMatchObject({
      code: 'MODEL_INPUT_UNSUPPORTED',
    });
  });

  it('refuses element types that would end the process, before ONNX Runtime sees them', async () => {
    const onnx = writeOnnx(
      build.model({
        name: 'int4',
        nodes: [build.node('Identity', ['features'], ['scores'])],
        initializers: [],
        inputs: [build.value('features', 'int4', ['rows', 3])],
        outputs: [build.value('scores', 'int4', ['rows', 3])],
      }),
    );
    await expect(start().open(await packages.write({ name: 'int4' }, onnx))).rejects.toMatchObject({
      code: 'ONNX_TYPE_UNSUPPORTED',
    });
  });

  it('refuses a label that the package does not know', async () => {
    const predictor = await start().open(await packages.write({ name: 'few', labels: ['well'], vectors: [] }));
    await expect(predictor.predict([1, 2, 3])).rejects.toMatchObject({ code: 'MODEL_OUTPUT_UNSUITABLE' });
  });

  it('says that MILLRACE_TIER names no tier', async () => {
    process.env['MILLRACE_TIER'] = 'cuda';
    try {
      await expect(start().open(await packages.write())).rejects.toMatchObject({ code: 'TIER_UNKNOWN' });
    } finally {
      delete process.env['MILLRACE_TIER'];
    }
  });
});

describe('the worker', () => {
  it('dies with a coded error for those who waited, and the next request starts a new one', async () => {
    const mortal = new URL('./mortal-worker.ts', import.meta.url);
    const inference = start(
      inferenceOn(
        createEngine(clock, () => undefined, mortal),
        clock,
        NATIVE,
      ),
    );
    const predictor = await inference.open(await packages.write());
    await expect(predictor.predict([666, 0, 0])).rejects.toMatchObject({
      code: 'INFERENCE_STOPPED',
      message: expect.stringContaining('tiny') as string,
    });
    expect((await predictor.predict([1, 2, 0.5])).payload).toMatchObject({ label: 'well' });
  });

  it('loads a model again that it could not load when it was started anew', async () => {
    const engine = createEngine(clock, () => undefined);
    const refusals = [false, true];
    const unwilling = {
      ...engine,
      async worker(model: string) {
        const worker = await engine.worker(model);
        return (started ??= {
          ...worker,
          call: (method: never, ...args: never) =>
            method === 'load' && refusals.shift()
              ? Promise.reject(new Error('no memory'))
              : worker.call(method, ...args),
        });
      },
    };
    let started: Awaited<ReturnType<typeof engine.worker>> | undefined;
    const predictor = await start(inferenceOn(unwilling, clock, NATIVE)).open(await packages.write());
    // As after a crash: another worker, which does not know the model.
    started = undefined;
    await expect(predictor.predict([1, 2, 0.5])).rejects.toThrow('no memory');
    expect((await predictor.predict([1, 2, 0.5])).payload).toMatchObject({ label: 'well' });
  });

  it('leaves the event loop free while a model runs', async () => {
    const predictor = await start().open(await packages.write(...slowModel()));
    let most = 0;
    // Several runs: on a busy machine this thread may get little of one of them.
    for (let run = 0; run < 40 && most <= 10; run++) {
      let turns = 0;
      let running = true;
      const asked = predictor.predict([1, 2, 3]).finally(() => (running = false));
      while (running) {
        turns++;
        await new Promise((resolve) => setImmediate(resolve));
      }
      await asked;
      most = Math.max(most, turns);
    }
    // A run on this thread would have taken one turn or two.
    expect(most).toBeGreaterThan(10);
  });

  it('answers what it is running before it ends', async () => {
    const inference = start();
    const predictor = await inference.open(await packages.write(...slowModel()));
    const asked = predictor.predict([1, 2, 3]);
    await new Promise((resolve) => setImmediate(resolve));
    await inference.close();
    await expect(asked).resolves.toMatchObject({ features: { mean: 1, rms: 2, peak: 3 } });
  });

  it('is not started before a model is opened, and not again after the close', async () => {
    const nowhere = new URL('./no-such-worker.ts', import.meta.url);
    const inference = start(
      inferenceOn(
        createEngine(clock, () => undefined, nowhere),
        clock,
        NATIVE,
      ),
    );
    await inference.close();
    const pkg = await packages.write({ name: 'late' }, softmaxOnnx());
    await expect(inference.open(pkg)).rejects.toMatchObject({ code: 'INFERENCE_CLOSED' });
  });
});

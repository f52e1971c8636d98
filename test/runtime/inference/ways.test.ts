/** How a model is run on this machine, and what becomes of questions that come faster than their answers. */
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { createBatcher } from '../../../runtime/inference/batching/create-batcher.ts';
import { createInference, type Inference, type KnownModels } from '../../../runtime/inference/index.ts';
import { probe } from '../../../runtime/inference/probe/probe.ts';
import type { Tensors } from '../../../runtime/inference/tiers/tier.ts';
import type { MachineFacts } from '../../../runtime/messages/index.ts';
import type { ModelPackage } from '../../../runtime/models/package/index.ts';
import { build, writeOnnx } from '../../../runtime/onnx-format/index.ts';
import { slowModel, softmaxOnnx, softmaxScores, temporaryPackages } from './tiny-model.ts';

const clock = systemClock;
let packages: Awaited<ReturnType<typeof temporaryPackages>>;
const opened: Inference[] = [];

function start(options: Partial<Parameters<typeof createInference>[0]> = {}): Inference {
  const made = createInference({ clock, ...options });
  opened.push(made);
  return made;
}

beforeAll(async () => {
  packages = await temporaryPackages();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((inference) => inference.close()));
});
afterAll(() => packages.remove());

function memory(): KnownModels & { readonly kept: Map<string, MachineFacts> } {
  const kept = new Map<string, MachineFacts>();
  return {
    kept,
    facts: (digest) => Promise.resolve(kept.get(digest)),
    keepFacts(digest, facts) {
      kept.set(digest, facts);
      return Promise.resolve();
    },
  };
}

/** The tiny model with an operator that has no compiled form. */
const uncompiled = () =>
  writeOnnx(
    build.model({
      name: 'sorted',
      nodes: [
        build.node('CumSum', ['features', 'axis'], ['sums']),
        build.node('MatMul', ['sums', 'W'], ['product']),
        build.node('Softmax', ['product'], ['scores'], { axis: -1n }),
      ],
      initializers: [
        { ...build.floatTensor('axis', [], []), type: 7, raw: new Uint8Array(0), longs: [1n] },
        build.floatTensor('W', [3, 2], [1, -1, 0.5, 0, 0, 2]),
      ],
      inputs: [build.value('features', 'float32', ['rows', 3])],
      outputs: [build.value('scores', 'float32', ['rows', 2])],
    }),
  );
const SCORES = [{ name: 'scores', type: 'float32', shape: ['rows', 2], role: 'scores' as const }];

const feeds = (...rows: readonly number[]): Tensors => ({
  x: { type: 'float32', dims: [rows.length, 1], data: Float32Array.from(rows) },
});
const valuesOf = async (answer: Promise<Tensors>) => [...((await answer)['y']?.data as Float32Array)];

describe('a small model', () => {
  it('is compiled, says so with its time, and answers at once in this thread', async () => {
    const predictor = await start().open(await packages.write());
    expect(predictor.tier).toBe('compiled');
    expect(predictor.why).toMatch(/µs as compiled JavaScript/);
    expect(predictor.microseconds.compiled).toBeGreaterThan(0);
    const answer = predictor.ask([1, 2, 0.5]);
    if (answer instanceof Promise) throw new Error('it did not answer at once');
    expect(answer.payload).toMatchObject({ label: 'well' });
  });

  it('answers a batch with a prediction each, in order, and a large one without holding up the others', async () => {
    const predictor = await start().open(await packages.write());
    const rows = Array.from({ length: 60_000 }, (_, i) => [Math.sin(i), Math.cos(i), i % 3]);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const { payload, features } = await predictor.predict(rows);
    clearInterval(timer);
    expect(payload).toHaveLength(rows.length);
    expect(features).toHaveLength(rows.length);
    expect(turns).toBeGreaterThan(0);
    for (const at of [0, 1, 31_234, 59_999]) {
      const [well = NaN] = softmaxScores(rows[at] ?? []);
      const one = (payload as readonly { scores: Record<string, number> }[])[at];
      expect(one?.scores['well']).toBeCloseTo(well, 5);
    }
  });

  it('is run by ONNX Runtime where its compiled form disagrees with the vectors of the package', async () => {
    // A tolerance of nothing: what the native library answers to the last bit.
    const [first, second] = [1 / 3, 1 / 7];
    const reference = start({ tier: 'native' });
    const pkg = await packages.write({ name: 'exact' });
    const asked: Tensors = {
      features: { type: 'float32', dims: [1, 3], data: Float32Array.of(first, second, 0.9) },
    };
    const [answers] = await reference.answers(pkg, [asked]);
    const scores = [...(answers?.['scores']?.data as Float32Array)];
    const vector = (tolerance: number, off: number) => ({
      inputs: { features: { shape: [1, 3], data: [first, second, 0.9] } },
      outputs: { scores: { shape: [1, 2], data: scores.map((score) => score + off) } },
      tolerance,
    });
    const agreeing = await start().open(await packages.write({ name: 'agrees', vectors: [vector(1e-5, 0)] }));
    expect(agreeing.tier).toBe('compiled');
    await expect(
      start().open(await packages.write({ name: 'lies', vectors: [vector(1e-5, 0.1)] })),
    ).rejects.toMatchObject({ code: 'VECTORS_DISAGREE', message: expect.stringContaining('native') as string });
  });

  it('gives every tier the same answer', async () => {
    const pkg = await packages.write();
    const inference = start();
    const [compiled, native, wasm] = await Promise.all(
      (['compiled', 'native', 'wasm'] as const).map((tier) => inference.open(pkg, { tier })),
    );
    for (let i = 0; i < 20; i++) {
      const row = [Math.sin(i) * 3, Math.cos(i), i / 7];
      const [a, b, c] = await Promise.all([compiled?.predict(row), native?.predict(row), wasm?.predict(row)]);
      const score = (made: typeof a) => (made?.payload as { scores: Record<string, number> }).scores['well'] ?? NaN;
      expect(Math.abs(score(a) - score(b))).toBeLessThan(1e-5);
      expect(Math.abs(score(c) - score(b))).toBeLessThan(1e-5);
    }
  });
});

describe('a model that cannot be compiled', () => {
  it('runs natively, says which part is the reason, and is refused where compiling is forced', async () => {
    const pkg = await packages.write({ name: 'sorted', outputs: SCORES, vectors: [] }, uncompiled());
    const predictor = await start().open(pkg);
    expect(predictor.tier).toBe('native');
    expect(predictor.why).toMatch(/CumSum/);
    expect((await predictor.predict([1, 2, 3])).payload).toMatchObject({ label: 'worn' });
    await expect(start({ tier: 'compiled' }).open(pkg)).rejects.toMatchObject({
      code: 'TIER_UNSUITABLE',
      message: expect.stringContaining('CumSum') as string,
    });
  });

  it('is tried in a process of its own the first time, and what was measured is remembered', async () => {
    const known = memory();
    const pkg = await packages.write({ name: 'sorted', outputs: SCORES, vectors: [] }, uncompiled());
    await (await start({ known }).open(pkg)).close();
    const facts = known.kept.get(pkg.digest);
    expect(facts).toMatchObject({ tier: 'native', why: expect.stringContaining('CumSum') as string });
    expect(facts?.memory).toBeGreaterThanOrEqual(0);
    expect(facts?.microseconds['native']).toBeGreaterThan(0);
  });

  it('that ends the process which tries it is told so, and this process goes on', async () => {
    const dying = fileURLToPath(new URL('./dying-probe.ts', import.meta.url));
    const asked = { model: 'deadly', onnx: softmaxOnnx(), feeds: {}, tier: undefined };
    await expect(probe(asked, dying)).rejects.toMatchObject({
      code: 'MODEL_ENDS_PROCESS',
      message: expect.stringMatching(/"deadly".*SIGABRT.*Ort::Exception/) as string,
    });
  });

  it('says in the probe already why ONNX Runtime refuses it', async () => {
    const onnx = writeOnnx(
      build.model({
        name: 'odd',
        nodes: [build.node('NoSuchOperator', ['features'], ['scores'])],
        initializers: [],
        inputs: [build.value('features', 'float32', ['rows', 3])],
        outputs: [build.value('scores', 'float32', ['rows', 2])],
      }),
    );
    await expect(probe({ model: 'odd', onnx, feeds: {}, tier: undefined })).rejects.toMatchObject({
      code: 'MODEL_NOT_LOADED',
      message: expect.stringContaining('NoSuchOperator') as string,
    });
  });
});

describe('questions that wait', () => {
  const doubled = (asked: Tensors): Tensors => {
    const { dims = [], data = new Float32Array(0) } = asked['x'] ?? {};
    return { y: { type: 'float32', dims, data: Float32Array.from(data as Float32Array, (value) => value * 2) } };
  };

  it('are run together, each gets its own answer, and in the order of asking', async () => {
    const sizes: number[] = [];
    const batcher = createBatcher(async (asked) => {
      sizes.push(asked['x']?.dims[0] ?? 0);
      await new Promise((resolve) => setImmediate(resolve));
      return doubled(asked);
    }, true);
    const order: number[] = [];
    const answers = [1, 2, 3, 4].map(async (value) => {
      const got = await valuesOf(batcher.ask(feeds(value), 1).answer);
      order.push(value);
      return got;
    });
    const pair = valuesOf(batcher.ask(feeds(5, 6), 2).answer);
    expect(await Promise.all(answers)).toEqual([[2], [4], [6], [8]]);
    expect(await pair).toEqual([10, 12]);
    expect(order).toEqual([1, 2, 3, 4]);
    expect(Math.max(...sizes)).toBe(6);
  });

  it('fail alone: one that the model cannot take spoils no other of its batch', async () => {
    const batcher = createBatcher((asked) => {
      if ([...(asked['x']?.data as Float32Array)].includes(13)) return Promise.reject(new Error('unlucky'));
      return Promise.resolve(doubled(asked));
    }, true);
    const answers = await Promise.allSettled([1, 13, 3].map((value) => valuesOf(batcher.ask(feeds(value), 1).answer)));
    expect(answers.map((each) => (each.status === 'fulfilled' ? each.value : 'failed'))).toEqual([[2], 'failed', [6]]);
  });

  it('are not run together where their rows are of different sizes', async () => {
    const batcher = createBatcher((asked) => Promise.resolve(doubled(asked)), true);
    const wide: Tensors = { x: { type: 'float32', dims: [1, 2], data: Float32Array.of(7, 8) } };
    const both = [batcher.ask(feeds(1), 1), batcher.ask(wide, 1), batcher.ask(feeds(2), 1)];
    expect(await Promise.all(both.map(({ answer }) => valuesOf(answer)))).toEqual([[2], [14, 16], [4]]);
  });

  it.each([
    ['drop-oldest', [0, 4, 5, 6]],
    ['drop-newest', [0, 1, 2, 3]],
  ] as const)('are dropped as the user picked it, and counted: %s', async (policy, kept) => {
    const pkg = await packages.write(...slowModel());
    const predictor = await start({ tier: 'native' }).open(pkg, { policy, queueLimit: 4 });
    // Rows of two questions are not run together here, so that each has its turn.
    const asked = Array.from(
      { length: 7 },
      async (_, i) => await predictor.ask(i % 2 === 0 ? [i, 0, 0] : { mean: i, rms: 0, peak: 0 }),
    );
    await new Promise((resolve) => setImmediate(resolve));
    const answers = await Promise.all(asked);
    const answered = answers.flatMap((each, i) => (each ? [i] : []));
    expect(answered).toHaveLength(4);
    expect(predictor.dropped).toBe(3);
    if (policy === 'drop-newest') expect(answered).toEqual(kept);
    else expect(answered.slice(-3)).toEqual(kept.slice(-3));
  });
});

describe('a reference whose alias moves', () => {
  function holdOf(first?: ModelPackage) {
    let current = first;
    const listeners = new Set<(pkg: ModelPackage) => void>();
    return {
      reference: 'tiny',
      awaited: undefined,
      get current() {
        return current;
      },
      onChange(listener: (pkg: ModelPackage) => void) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      move(pkg: ModelPackage) {
        current = pkg;
        for (const listener of listeners) listener(pkg);
      },
      listeners,
    };
  }

  it('changes over without losing a question, and lets go of the version of before', async () => {
    const [before, after] = [await packages.write(), await packages.write({ version: '2.0.0' }, undefined, 'tiny-2')];
    const hold = holdOf(before);
    const versions: string[] = [];
    const follower = await start().follow(hold, { switched: ({ model }) => versions.push(model.version) });
    const answers: Promise<unknown>[] = [];
    for (let i = 0; i < 200; i++) {
      if (i === 100) hold.move(after);
      if (!follower.current) throw new Error('nothing answers');
      answers.push(follower.current.predict([i, 0, 0]));
      if (i % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(answers);
    await expect.poll(() => versions).toEqual(['2.0.0']);
    expect(follower.current?.model.version).toBe('2.0.0');
    await follower.close();
    expect(hold.listeners.size).toBe(0);
  });

  it('answers nothing as long as there is no model, and begins by itself when it comes', async () => {
    const hold = holdOf();
    const versions: string[] = [];
    const follower = await start().follow(hold, { switched: ({ model }) => versions.push(model.version) });
    expect(follower.current).toBeUndefined();
    hold.move(await packages.write());
    await expect.poll(() => versions).toEqual(['1.0.0']);
    expect((await follower.current?.predict([1, 2, 0.5]))?.payload).toMatchObject({ label: 'well' });
    await follower.close();
  });

  it('stays with the version in use where the new one cannot be run', async () => {
    const before = await packages.write();
    const outputs = [{ name: 'scores', type: 'float32', shape: ['rows', 2], role: 'scores' as const }];
    const inputs = [{ name: 'features', type: 'float32', shape: ['rows', 3], features: ['mean', 'rms'] }];
    const hold = holdOf(before);
    const errors: unknown[] = [];
    const follower = await start().follow(hold, { failed: (error) => errors.push(error) });
    hold.move(await packages.write({ version: '3.0.0', inputs, outputs }, undefined, 'tiny-3'));
    await expect.poll(() => errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ code: 'MODEL_INPUT_UNSUPPORTED' });
    expect((await follower.current?.predict([1, 2, 0.5]))?.payload).toMatchObject({ label: 'well' });
    await follower.close();
  });
});

describe('a candidate in the shadow', () => {
  it('is compared on the same questions: agreement, confidence and time, and its failures are counted', async () => {
    const inference = start();
    const production = await inference.open(await packages.write());
    // It calls everything by the other name.
    const candidate = await packages.write(
      { version: '2.0.0', labels: ['worn', 'well'], vectors: [] },
      undefined,
      'tiny-2',
    );
    const [same, other] = [await inference.shadow(await packages.write()), await inference.shadow(candidate)];
    for (let i = 0; i < 10; i++) {
      const row = [i, 0, 0];
      const made = await production.predict(row);
      same.compare(row, made);
      other.compare(row, made);
    }
    other.compare('no features', await production.predict([1, 2, 3]));
    expect(same.summary).toMatchObject({ compared: 10, agreed: 10, failed: 0 });
    expect(other.summary).toMatchObject({ compared: 10, agreed: 0, failed: 1, model: { version: '2.0.0' } });
    expect(other.summary.problem).toMatchObject({ code: 'MODEL_INPUT_TYPE' });
    expect(same.summary.confidence?.candidate).toBeCloseTo(same.summary.confidence?.production ?? NaN, 6);
    await same.close();
    await other.close();
  });
});

describe('an explanation', () => {
  it('of a linear model adds up to the score before it is a probability', async () => {
    const predictor = await start().open(await packages.write());
    const { method, of, base, contributions } = await predictor.explain({ mean: 1, rms: 2, peak: 0.5 });
    expect({ method, of }).toEqual({ method: 'exact', of: 'well' });
    // Column 0 of the weights: 1, 0.5, 0.
    expect(contributions.map(({ feature, contribution }) => [feature, contribution])).toEqual([
      ['mean', 1],
      ['rms', 1],
      ['peak', 0],
    ]);
    expect(base).toBe(0);
  });

  it('of any other model tells what other values of each feature would change', async () => {
    const vectors = [
      [5, 2, 1],
      [-5, 2, 1],
    ].map((data) => ({
      inputs: { features: { shape: [1, 3], data } },
      outputs: {},
      tolerance: 1,
    }));
    const pkg = await packages.write({ name: 'sorted', outputs: SCORES, vectors }, uncompiled());
    const { method, contributions } = await (await start().open(pkg)).explain([5, 2, 1]);
    expect(method).toBe('permutation');
    // The other rows differ in the first feature alone.
    const [first, ...others] = contributions;
    expect(first?.feature).toBe('mean');
    expect(Math.abs(first?.contribution ?? 0)).toBeGreaterThan(1e-3);
    for (const { contribution } of others) expect(contribution).toBeCloseTo(0, 6);
  });

  it('is refused for a batch', async () => {
    const predictor = await start().open(await packages.write());
    await expect(
      predictor.explain([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ).rejects.toMatchObject({ code: 'EXPLANATION_UNAVAILABLE' });
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createInference } from '../../../../runtime/inference/index.ts';
import { writePackage } from '../../../../runtime/models/package/index.ts';
import { build, writeOnnx } from '../../../../runtime/onnx-format/index.ts';
import { learn, loaded, twoKinds } from './examples.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-embedding-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const { floatTensor, model, node, value } = build;

/** tanh(W · x): three numbers of four features. @param opset of ai.onnx */
async function embedding(name: string, opset = 17n, outputs = 1): Promise<string> {
  const weights = Float64Array.from({ length: 12 }, (_, at) => Math.sin(at + 1) / 4);
  const onnx = writeOnnx(
    model(
      {
        name: 'embedding',
        nodes: [
          node('MatMul', ['x', 'weights'], ['sum']),
          node('Tanh', ['sum'], ['vector']),
          node('Identity', ['sum'], ['other']),
        ],
        initializers: [floatTensor('weights', [4, 3], weights)],
        inputs: [value('x', 'float32', ['rows', 4])],
        outputs: [
          value('vector', 'float32', ['rows', 3]),
          ...(outputs > 1 ? [value('other', 'float32', ['rows', 3])] : []),
        ],
      },
      {},
      [{ domain: '', version: opset }],
    ),
  );
  const output = (each: string) => ({ name: each, type: 'float32', shape: ['rows', 3], role: 'other' as const });
  const folder = join(directory, name);
  await writePackage(folder, {
    manifest: {
      ...{ name: 'embedding', version: '1.0.0', task: 'multi-output' },
      inputs: [{ name: 'x', type: 'float32', shape: ['rows', 4], features: ['f0', 'f1', 'f2', 'f3'] }],
      outputs: outputs > 1 ? [output('vector'), output('other')] : [output('vector')],
      vectors: [],
    },
    onnx,
  });
  return folder;
}

describe('a head that is trained behind an embedding', () => {
  it.each(['logistic-regression', 'random-forest', 'nearest-neighbours'] as const)(
    'is one model with it, which takes what the embedding takes: %s',
    async (trainer) => {
      const { report, pkg } = await learn(twoKinds(80), { trainer }, { embedding: await embedding(`with-${trainer}`) });
      expect(report.evaluation.classification?.accuracy.value).toBeGreaterThan(0.6);
      expect(pkg.manifest.inputs).toMatchObject([{ name: 'x', features: ['f0', 'f1', 'f2', 'f3'] }]);
      expect(pkg.manifest.lineage).toMatchObject({ embedding: { name: 'embedding', version: '1.0.0' } });
      expect(pkg.manifest.vectors.length).toBeGreaterThan(0);
      expect(pkg.reference?.names).toEqual(['f0', 'f1', 'f2', 'f3']);
      // Its test vectors are re-checked when it is opened.
      const inference = createInference({ clock: systemClock, thread: 'here' });
      const predictor = await inference.open(pkg);
      const { payload } = await predictor.predict({ f0: 2, f1: 2.5, f2: 1.5, f3: 2 });
      expect(payload).toMatchObject({ label: expect.stringMatching(/well|worn/) as string });
      await inference.close();
    },
  );

  it('learns what is normal by an embedding too', async () => {
    const examples = loaded(
      Array.from({ length: 60 }, (_, row) => ({
        values: [0, 1, 2, 3].map((at) => Math.sin(row * 7.3 + at * 1.7)),
        label: null,
      })),
    );
    const { pkg } = await learn(examples, { trainer: 'mahalanobis' }, { embedding: await embedding('normal') });
    expect(pkg.manifest).toMatchObject({ task: 'anomaly', inputs: [{ name: 'x' }] });
  });

  it('is refused behind a model that answers no single vector, or is too old', async () => {
    const code = (folder: string) =>
      learn(twoKinds(40), { trainer: 'logistic-regression' }, { embedding: folder }).then(
        () => 'none',
        (error: { code: string }) => error.code,
      );
    expect(await code(await embedding('two', 17n, 2))).toBe('EMBEDDING_UNFIT');
    expect(await code(await embedding('old', 11n))).toBe('EMBEDDING_UNFIT');
  });
});

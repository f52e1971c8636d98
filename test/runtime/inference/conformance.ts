/** What every tier must do. Each runs this suite; their answers are held to the same formula, so to each other. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { createInference, type Predictor, type TierName } from '../../../runtime/inference/index.ts';
import { readPackage } from '../../../runtime/models/package/index.ts';
import { build, writeOnnx } from '../../../runtime/onnx-format/index.ts';
import { softmaxScores, temporaryPackages } from './tiny-model.ts';

const tolerance = (expected: number) => 1e-5 + 1e-5 * Math.abs(expected);

export function holdsToConformance(tier: TierName): void {
  describe(`the ${tier} tier`, () => {
    const inference = createInference({ clock: systemClock, tier });
    let packages: Awaited<ReturnType<typeof temporaryPackages>>;
    let tiny: Predictor;

    beforeAll(async () => {
      packages = await temporaryPackages();
      tiny = await inference.open(await packages.write());
    });
    afterAll(async () => {
      await inference.close();
      await packages.remove();
    });

    it('is the one that was asked for, and says so', () => {
      expect(tiny.tier).toBe(tier);
      expect(tiny.why).toBe(`${tier} was asked for`);
    });

    it('gives the scores of the formula', async () => {
      for (let i = 0; i < 50; i++) {
        const features = [Math.sin(i) * 3, Math.cos(i * 7) * 2, Math.sin(i * 3)];
        const { payload } = await tiny.predict(features);
        const [well, worn] = softmaxScores(features);
        if (!('label' in payload)) throw new Error('no classification');
        expect(Math.abs((payload.scores['well'] ?? NaN) - well)).toBeLessThanOrEqual(tolerance(well));
        expect(Math.abs((payload.scores['worn'] ?? NaN) - worn)).toBeLessThanOrEqual(tolerance(worn));
        expect(payload.label).toBe(well > worn ? 'well' : 'worn');
        expect(payload.confidence).toBe(payload.scores[payload.label]);
      }
    });

    it('gives the value of a regression', async () => {
      const onnx = writeOnnx(
        build.model({
          name: 'line',
          nodes: [build.node('MatMul', ['x', 'slope'], ['y'])],
          initializers: [build.floatTensor('slope', [1, 1], [2.5])],
          inputs: [build.value('x', 'float32', [1, 1])],
          outputs: [build.value('y', 'float32', [1, 1])],
        }),
      );
      const change = {
        name: 'line',
        task: 'regression' as const,
        inputs: [{ name: 'x', type: 'float32', shape: [1, 1], features: ['load'] }],
        outputs: [{ name: 'y', type: 'float32', shape: [1, 1], role: 'value' as const }],
        vectors: [
          { inputs: { x: { shape: [1, 1], data: [2] } }, outputs: { y: { shape: [1, 1], data: [5] } }, tolerance: 0 },
        ],
      };
      const line = await inference.open(await packages.write(change, onnx));
      expect((await line.predict({ load: 4 })).payload).toEqual({ value: 10 });
      await line.close();
    });

    it('confirms the test vectors of the shipped model and finds its reference healthy', async () => {
      const pkg = await readPackage('flows/pump/models/pump-health');
      const predictor = await inference.open(pkg);
      const { names, rows } = pkg.reference ?? { names: [], rows: [] };
      expect(predictor.featureNames).toEqual(names);
      const some = rows.filter((_, i) => i % 20 === 0);
      const labels = await Promise.all(
        some.map(async (row) => {
          const { payload } = await predictor.predict(row);
          return 'label' in payload ? payload.label : undefined;
        }),
      );
      expect(labels.filter((label) => label === 'healthy').length).toBeGreaterThan(0.9 * some.length);
      expect(pkg.manifest.vectors.length).toBeGreaterThan(0);
      await predictor.close();
    });

    it('says which model it could not load, and why', async () => {
      const onnx = writeOnnx(
        build.model({
          name: 'odd',
          nodes: [build.node('NoSuchOperator', ['features'], ['scores'])],
          initializers: [],
          inputs: [build.value('features', 'float32', ['rows', 3])],
          outputs: [build.value('scores', 'float32', ['rows', 2])],
        }),
      );
      await expect(inference.open(await packages.write({ name: 'odd' }, onnx))).rejects.toMatchObject({
        code: 'MODEL_NOT_LOADED',
        message: expect.stringMatching(/^model "odd" could not be loaded \(\w+\): .*NoSuchOperator/) as string,
      });
    });
  });
}

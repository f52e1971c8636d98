import { describe, expect, it } from 'vitest';
import { readOnnx } from '../../../../runtime/onnx-format/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';
import { calibrate } from '../../../../runtime/training/calibration/calibrate.ts';
import { applyScaling, fitTemperature, logLoss } from '../../../../runtime/training/calibration/scaling.ts';
import { learn, loaded } from '../run/examples.ts';

/** Answers of a model that is right as often as it says, and then made more sure of itself by `sharper`. */
function answers(rows: number, sharper: number) {
  const random = seededRandom(1);
  const codes = new Int32Array(rows);
  const scores = new Float64Array(rows * 2);
  for (let row = 0; row < rows; row++) {
    const p = 0.02 + 0.96 * random();
    codes[row] = random() < p ? 1 : 0;
    const odds = (p / (1 - p)) ** sharper;
    scores[row * 2 + 1] = odds / (1 + odds);
    scores[row * 2] = 1 / (1 + odds);
  }
  return { rows, classes: 2, scores, codes };
}

describe('calibration', () => {
  it('finds the temperature by which a model is too sure', () => {
    const { weights } = fitTemperature(answers(5000, 3));
    expect(weights[0]).toBeCloseTo(1 / 3, 1);
  });

  it('lowers the log loss of a model that is too sure, and leaves one alone that means what it says', () => {
    const sure = answers(2000, 3);
    const scaling = calibrate(sure, 'auto');
    expect(scaling).toBeDefined();
    if (scaling) {
      expect(logLoss(applyScaling(scaling, sure.scores, 2), sure.codes, 2)).toBeLessThan(
        0.8 * logLoss(sure.scores, sure.codes, 2),
      );
    }
    expect(calibrate(answers(2000, 1), 'auto')).toBeUndefined();
    expect(calibrate(sure, 'off')).toBeUndefined();
  });

  it('is part of the model that is written', async () => {
    const random = seededRandom(7);
    const rows = Array.from({ length: 300 }, (_, row) => ({
      values: [random() + 0.5 * (row % 3), random()],
      label: ['a', 'b', 'c'][row % 3] ?? '',
    }));
    const choices = { trainer: 'nearest-neighbours' } as const;
    const raw = await learn(loaded(rows), { ...choices, calibrate: 'off' });
    const own = await learn(loaded(rows), { ...choices, calibrate: 'on' });
    const ops = ({ pkg }: typeof raw) => readOnnx(pkg.onnx).graph.nodes.map(({ op }) => op);
    expect(ops(own)).toEqual(expect.arrayContaining(['Log', 'Softmax']));
    expect(ops(raw)).not.toContain('Log');
    expect(own.pkg.manifest.lineage?.note).toContain('calibrated');
    const loss = ({ report }: typeof raw) => report.evaluation.classification?.logLoss ?? NaN;
    expect(loss(own)).toBeLessThan(loss(raw));
    // Every row was held against ONNX Runtime.
    expect(own.report.difference).toBeLessThan(1e-5);
  });
});

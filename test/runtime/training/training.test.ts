import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { createInference, type Inference } from '../../../runtime/inference/index.ts';
import { type ModelPackage, writePackage } from '../../../runtime/models/package/index.ts';
import {
  evaluate,
  type Examples,
  softmaxRegression,
  splitByGroup,
  splitByTime,
  train,
  type TrainingResult,
  verifyTrained,
} from '../../../runtime/training/index.ts';

/** Fisher's iris and the wine recognition data of the UCI repository: features, then the label. */
async function dataSet(name: string): Promise<Examples> {
  const text = await readFile(new URL(`./data/${name}.csv`, import.meta.url), 'utf8');
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const cells = lines.map((line) => line.split(','));
  const labels = cells.map((row) => row.at(-1) ?? '');
  // Within each class, in file order, the rows 5, 10, 15, … are the test rows: the split of the scikit-learn figures.
  const seen = new Map<string, number>();
  const groups = labels.map((label) => {
    const place = (seen.get(label) ?? 0) + 1;
    seen.set(label, place);
    return place % 5 === 0 ? 'test' : 'train';
  });
  const rows = cells.map((row) => Float64Array.from(row.slice(0, -1), Number));
  return { features: header.split(',').slice(0, -1), rows, labels, groups };
}

let inference: Inference;
let directory: string;
beforeAll(async () => {
  inference = createInference({ clock: systemClock });
  directory = await mkdtemp(join(tmpdir(), 'millrace-training-'));
});
afterAll(async () => {
  await inference.close();
  await rm(directory, { recursive: true, force: true });
});

const write = (name: string, { manifest, onnx }: TrainingResult): Promise<ModelPackage> =>
  writePackage(join(directory, name), { manifest: { name, version: '1', ...manifest }, onnx });

describe('softmax regression', () => {
  // scikit-learn 1.2.1, LogisticRegression behind a StandardScaler.
  it.each([
    ['iris', 0.9333, 30],
    ['wine', 0.9706, 34],
  ])('reaches what scikit-learn reaches on %s, and ONNX Runtime answers the same', async (name, accuracy, rows) => {
    const split = splitByGroup(await dataSet(name), new Set(['test']));
    const result = train(softmaxRegression, split);
    expect(result.metrics.rows).toBe(rows);
    expect(result.metrics.accuracy).toBeGreaterThanOrEqual(accuracy - 1e-4);

    const pkg = await write(name, result);
    expect(pkg.manifest.vectors).toHaveLength(6);
    expect(await verifyTrained(inference, pkg, result.trained, split.test.rows)).toBeLessThan(1e-5);
  });

  it('gives the same bytes from the same examples', async () => {
    const split = splitByGroup(await dataSet('iris'), new Set(['test']));
    const [first, second] = [train(softmaxRegression, split), train(softmaxRegression, split)];
    expect(first.onnx).toEqual(second.onnx);
    expect(first.manifest).toEqual(second.manifest);
  });

  it('does not mind a feature that never changes', async () => {
    const { features, rows, ...rest } = await dataSet('iris');
    const wider = rows.map((row) => Float64Array.of(...row, 7));
    const split = splitByGroup({ features: [...features, 'constant'], rows: wider, ...rest }, new Set(['test']));
    const { metrics, trained } = train(softmaxRegression, split);
    expect(metrics.accuracy).toBeGreaterThan(0.9);
    expect(
      trained
        .scores(split.test.rows)
        .flatMap((scores) => [...scores])
        .every(Number.isFinite),
    ).toBe(true);
  });

  it('is found out when the written model answers otherwise', async () => {
    const split = splitByGroup(await dataSet('iris'), new Set(['test']));
    const result = train(softmaxRegression, split);
    const other = train(softmaxRegression, split, { settings: { inversePenalty: 0.001 } });
    const pkg = await write('wrong', { ...result, onnx: other.onnx });
    await expect(verifyTrained(inference, pkg, result.trained, split.test.rows)).rejects.toMatchObject({
      code: 'VECTORS_DISAGREE',
    });
    const unnoticed = await write('unnoticed', { ...other, manifest: { ...other.manifest, vectors: [] } });
    await expect(verifyTrained(inference, unnoticed, result.trained, split.test.rows)).rejects.toMatchObject({
      code: 'MODEL_DISAGREES',
    });
  });
});

describe('what a model is measured on', () => {
  const runs = (): Examples => ({
    features: ['x'],
    rows: Array.from({ length: 40 }, (_, row) => Float64Array.of(row)),
    labels: Array.from({ length: 40 }, (_, row) => (row % 20 < 10 ? 'a' : 'b')),
    groups: Array.from({ length: 40 }, (_, row) => (row < 20 ? 'first' : 'second')),
  });
  const values = (part: Examples) => part.rows.map(([value]) => value);

  it('is whole runs that it was not trained on', () => {
    const { train: seen, test } = splitByGroup(runs(), new Set(['second']));
    expect(new Set(seen.groups)).toEqual(new Set(['first']));
    expect(new Set(test.groups)).toEqual(new Set(['second']));
  });

  it('or the last part of each run, with the overlapping windows between left out', () => {
    const { train: seen, test } = splitByTime(runs(), 0.3, 2);
    expect(values(test)).toEqual([7, 8, 9, 17, 18, 19, 27, 28, 29, 37, 38, 39]);
    expect(values(seen)).toEqual([0, 1, 2, 3, 4, 10, 11, 12, 13, 14, 20, 21, 22, 23, 24, 30, 31, 32, 33, 34]);
  });

  it('is never nothing', () => {
    expect(() => splitByGroup(runs(), new Set())).toThrowError(
      expect.objectContaining({ code: 'EXAMPLES_TOO_FEW' }) as Error,
    );
  });

  it('is told by accuracy, confusion, precision and recall', () => {
    const actual = ['a', 'a', 'a', 'b', 'b', 'c'];
    expect(evaluate(actual, ['a', 'a', 'b', 'b', 'a', 'a'], ['a', 'b', 'c'])).toEqual({
      rows: 6,
      accuracy: 0.5,
      confusion: [
        [2, 1, 0],
        [1, 1, 0],
        [1, 0, 0],
      ],
      perLabel: {
        a: { precision: 0.5, recall: 2 / 3, rows: 3 },
        b: { precision: 0.5, recall: 0.5, rows: 2 },
        c: { precision: 0, recall: 0, rows: 1 },
      },
    });
  });
});

describe('examples that nothing can be learnt from', () => {
  const part = (change: Partial<Examples> = {}): Examples => ({
    features: ['x'],
    rows: [Float64Array.of(1), Float64Array.of(2)],
    labels: ['a', 'b'],
    groups: ['r', 'r'],
    ...change,
  });
  it.each([
    ['EXAMPLES_INVALID', part({ rows: [Float64Array.of(1), Float64Array.of(NaN)] }), /row 1 .*"x" is NaN/],
    ['EXAMPLES_INVALID', part({ rows: [Float64Array.of(1), Float64Array.of(1, 2)] }), /2 values for 1 features/],
    ['EXAMPLES_INVALID', part({ labels: ['a'] }), /1 labels/],
    ['LABELS_TOO_FEW', part({ labels: ['a', 'a'] }), /1 label: a/],
  ])('%s', (code, seen, message) => {
    expect(() => train(softmaxRegression, { train: seen, test: part() })).toThrowError(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as Error,
    );
  });

  it('and settings out of range are named', () => {
    expect(() =>
      train(softmaxRegression, { train: part(), test: part() }, { settings: { inversePenalty: -1 } }),
    ).toThrowError(
      expect.objectContaining({
        code: 'TRAINER_SETTING_INVALID',
        message: expect.stringContaining('"inversePenalty"') as string,
      }) as Error,
    );
  });
});

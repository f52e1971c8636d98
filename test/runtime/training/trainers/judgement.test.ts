/** What a trainer decides by itself, where nobody says it. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../runtime/numerics/index.ts';
import type { TrainingSet } from '../../../../runtime/training/fit/training-set.ts';
import type { TrainerName } from '../../../../runtime/messages/index.ts';
import { TRAINERS } from '../../../../runtime/training/trainers/catalogue.ts';
import { calm, fit } from './support/cases.ts';
import { accuracy, determination } from './support/figures.ts';
import { randomSet } from './support/random-set.ts';

const trainer = (name: TrainerName) => {
  const found = TRAINERS[name];
  if (!found) throw new Error(`there is no trainer ${name}`);
  return found;
};

function normals(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Rows around so many places, far from each other. */
function clouds(places: number, rows: number, width = 3): TrainingSet {
  const normal = normals(1);
  const values = Float32Array.from({ length: rows * width }, (_, at) => {
    const [row, column] = [Math.floor(at / width), at % width];
    return 20 * Math.sin(7 * (row % places) + 3 * column) + normal();
  });
  return {
    rows,
    width,
    values,
    columns: Array.from({ length: width }, (_, at) => `x${at}`),
    target: { task: 'anomaly' },
  };
}

/** A bump that points up or down, somewhere in noise. */
function bumps(rows: number, seed: number, task: 'classification' | 'regression'): TrainingSet {
  const random = seededRandom(seed);
  const normal = normals(seed + 1);
  const samples = 60;
  const values = Float32Array.from({ length: rows * samples }, () => 0.3 * normal());
  const heights = Float64Array.from({ length: rows }, (_, row) => (row % 2 === 0 ? 1 : -1) * (2 + random()));
  for (let row = 0; row < rows; row++) {
    const start = Math.floor(random() * (samples - 8));
    for (let at = 0; at < 8; at++) {
      const place = row * samples + start + at;
      // Up, then down, or the other way round: neither the mean nor the extremes tell them apart.
      values[place] = (values[place] ?? 0) + (heights[row] ?? 0) * (at < 4 ? 1 : -1);
    }
  }
  const codes = Int32Array.from({ length: rows }, (_, row) => row % 2);
  return {
    ...{ rows, width: samples, values, columns: ['x'], window: { rate: 60, samples } },
    target: task === 'classification' ? { task, classes: ['up', 'down'], codes } : { task, values: heights },
  };
}

describe('anomalies', () => {
  it.each([1, 3, 5])('k-means finds that there are %i states', (places) => {
    expect(fit(trainer('k-means'), clouds(places, 600)).words).toBe(places === 1 ? '1 centre' : `${places} centres`);
  });

  it.each([1, 3])('a Gaussian mixture finds that there are %i clouds', (places) => {
    const { words } = fit(trainer('gaussian-mixture'), clouds(places, 600));
    expect(words).toBe(places === 1 ? '1 Gaussian' : `${places} Gaussians`);
  });

  it.each(['mahalanobis', 'k-means', 'gaussian-mixture', 'isolation-forest'] as const)(
    '%s calls one in a hundred of its examples strange, or as many as it is told',
    (name) => {
      const set = clouds(1, 1000);
      const strange = (settings: object) => {
        const { predict, threshold = NaN } = fit(trainer(name), set, calm(), settings);
        return predict(set.values, set.rows).filter((score) => score > threshold).length;
      };
      expect(Math.abs(strange({}) - 10)).toBeLessThanOrEqual(2);
      expect(Math.abs(strange({ quantile: 0.9 }) - 100)).toBeLessThanOrEqual(6);
    },
  );

  it.each(['mahalanobis', 'gaussian-mixture'] as const)('%s notices what no single feature shows', (name) => {
    const normal = normals(2);
    const values = new Float32Array(1000);
    for (let row = 0; row < 500; row++) {
      values[2 * row] = normal();
      values[2 * row + 1] = (values[2 * row] ?? 0) + 0.05 * normal();
    }
    const set: TrainingSet = { rows: 500, width: 2, values, columns: ['a', 'b'], target: { task: 'anomaly' } };
    const { predict, threshold = NaN } = fit(trainer(name), set);
    const [together = NaN, apart = NaN] = predict(Float32Array.of(1, 1, 1, -1), 2);
    expect(together).toBeLessThan(threshold);
    expect(apart).toBeGreaterThan(threshold);
  });

  it.each(['mahalanobis', 'gaussian-mixture'] as const)('%s says which limit ten thousand features pass', (name) => {
    const set = randomSet({ trainer: trainer(name), task: 'anomaly', seed: 1, rows: 20, width: 10_000 });
    expect(() => fit(trainer(name), set)).toThrowError(
      expect.objectContaining({
        code: 'FEATURES_TOO_MANY',
        message: expect.stringContaining('10000') as string,
      }) as Error,
    );
  });
});

describe('the convolutional network', () => {
  it('finds a shape wherever it is in the window', () => {
    const fitted = fit(trainer('convolutional-network'), bumps(300, 1, 'classification'));
    expect(accuracy(fitted, bumps(200, 5, 'classification'))).toBeGreaterThan(0.95);
  });

  it('measures it', () => {
    const fitted = fit(trainer('convolutional-network'), bumps(300, 1, 'regression'));
    expect(determination(fitted, bumps(200, 5, 'regression'))).toBeGreaterThan(0.8);
  });

  it('says that it needs windows', () => {
    const set = randomSet({ trainer: { takes: 'features' }, task: 'classification', seed: 1 });
    expect(() => fit(trainer('convolutional-network'), set)).toThrowError(
      expect.objectContaining({ code: 'WINDOWS_NEEDED' }) as Error,
    );
  });
});

describe('the dense network', () => {
  const xor = (rows: number, seed: number): TrainingSet => {
    const random = seededRandom(seed);
    const values = Float32Array.from({ length: rows * 2 }, () => 2 * random() - 1);
    const codes = Int32Array.from({ length: rows }, (_, row) =>
      (values[2 * row] ?? 0) > 0 === (values[2 * row + 1] ?? 0) > 0 ? 1 : 0,
    );
    const target = { task: 'classification', classes: ['apart', 'together'], codes } as const;
    return { rows, width: 2, values, columns: ['a', 'b'], target };
  };

  it.each([1, 2])('with %i hidden layers learns what counts only together', (layers) => {
    const fitted = fit(trainer('dense-network'), xor(400, 1), calm(), { layers });
    expect(accuracy(fitted, xor(400, 2))).toBeGreaterThan(0.93);
    const lines = fit(trainer('logistic-regression'), xor(400, 1));
    expect(accuracy(lines, xor(400, 2))).toBeLessThan(0.7);
  });

  it('stops by rows that were held out, before it learns chance by heart', () => {
    const normal = normals(4);
    const noise = (rows: number): TrainingSet => ({
      ...{ rows, width: 10, values: Float32Array.from({ length: rows * 10 }, normal) },
      columns: Array.from({ length: 10 }, (_, at) => `x${at}`),
      target: { task: 'regression', values: Float64Array.from({ length: rows }, normal) },
    });
    const [train, held, test] = [noise(100), noise(50), noise(200)];
    const stopped = fit(trainer('dense-network'), train, calm(1, held));
    const free = fit(trainer('dense-network'), train);
    expect(determination(stopped, test)).toBeGreaterThan(determination(free, test));
  });
});

describe('nearest neighbours', () => {
  it('keep at most as many rows as they are told, of each class its share, and say so', () => {
    const set = randomSet({
      trainer: trainer('nearest-neighbours'),
      task: 'classification',
      seed: 3,
      rows: 900,
      weighted: false,
    });
    const { words, onnx } = fit(trainer('nearest-neighbours'), set, calm(), { rows: 300 });
    const kept = Number(/nearest of (\d+) examples, of 900 in the set/.exec(words)?.[1]);
    expect(kept).toBeGreaterThan(290);
    expect(kept).toBeLessThanOrEqual(300);
    expect(onnx().length).toBeLessThan(fit(trainer('nearest-neighbours'), set).onnx().length / 2);
  });
});

describe('ridge', () => {
  it('holds weights back the more, the less the features say', () => {
    const normal = normals(6);
    const penaltyOf = (noise: number) => {
      const values = Float32Array.from({ length: 60 * 20 }, normal);
      const targets = Float64Array.from({ length: 60 }, (_, row) => (values[row * 20] ?? 0) + noise * normal());
      const { words } = fit(trainer('ridge'), {
        ...{ rows: 60, width: 20, values, columns: Array.from({ length: 20 }, (_, at) => `x${at}`) },
        target: { task: 'regression', values: targets },
      });
      return Number(/penalty ([\d.]+)/.exec(words)?.[1]);
    };
    expect(penaltyOf(5)).toBeGreaterThan(10 * penaltyOf(0.01));
  });
});

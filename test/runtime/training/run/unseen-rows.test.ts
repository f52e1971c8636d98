import { describe, expect, it } from 'vitest';
import type { LoadedExamples } from '../../../../runtime/datasets/index.ts';
import { unseenRows } from '../../../../runtime/training/run/unseen-rows.ts';
import { learn, twoKinds } from './examples.ts';

const quick = { trainer: 'logistic-regression' } as const;

describe('the examples that a model is measured on', () => {
  it('are those that were held out, whatever seed held them out, also where only the package is known', async () => {
    const examples = twoKinds(240);
    const inGroups = { ...examples, groups: examples.labels.map((_, row) => `run ${Math.floor(row / 10)}`) };
    const held = new Set<string>();
    for (const seed of [1, 2, 3]) {
      const { pkg, learnt } = await learn(inGroups, { ...quick, seed });
      const { rows, words } = unseenRows(inGroups, [{ pkg }]);
      expect(rows).toEqual(unseenRows(inGroups, [{ pkg, learnt }]).rows);
      expect(words).toMatch(/^60 of 240 examples/);
      held.add(rows.join());
    }
    expect(held.size).toBeGreaterThan(1);
  });

  it('share no samples with what it has learnt from', async () => {
    // Windows of 64 samples, one every 16: each overlaps three before it and three after it.
    const count = 160;
    const sample = (at: number) => Math.sin(at * (Math.floor(at / 16 / 40) % 2 === 0 ? 0.5 : 1.5));
    const examples: LoadedExamples = {
      ...{ name: 'rows', digest: 'd'.repeat(64), kind: 'window', columns: ['x'], window: { rate: 100, samples: 64 } },
      ...{ rows: count, width: 64 },
      values: Float32Array.from({ length: count * 64 }, (_, at) => sample(Math.floor(at / 64) * 16 + (at % 64))),
      ids: Int32Array.from({ length: count }, (_, row) => row + 1),
      labels: Array.from({ length: count }, (_, row) => (Math.floor(row / 40) % 2 === 0 ? 'slow' : 'quick')),
      times: Float64Array.from({ length: count }, (_, row) => row * 160 + 640),
      groups: Array.from({ length: count }, () => 'run'),
      sources: Array.from({ length: count }, () => 'sensor'),
    };
    const { pkg, learnt } = await learn(examples, quick);
    const { rows, words } = unseenRows(examples, [{ pkg, learnt }]);
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      const nearest = Math.min(...Array.from(learnt, (id) => Math.abs(id - 1 - row)));
      expect(nearest).toBeGreaterThanOrEqual(4);
    }
    expect(words).toMatch(/that it has learnt from are left out, and \d+ that share samples with them\.$/);
  });
});

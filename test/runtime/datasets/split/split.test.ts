import { describe, expect, it } from 'vitest';
import { foldExamples, splitExamples, type SplitOptions, type SplitRows } from '../../../../runtime/datasets/index.ts';

const standard: SplitOptions = { by: 'auto', share: 0.25, seed: 1, task: 'classification', span: 0 };

/** `count` rows, each as `of` says. */
function rowsOf(
  count: number,
  of: (row: number) => { label?: string | number; time?: number; group?: string },
): SplitRows {
  const each = Array.from({ length: count }, (_, row) => of(row));
  return {
    labels: each.map(({ label }) => label ?? null),
    times: Float64Array.from(each, ({ time }) => time ?? NaN),
    groups: each.map(({ group }) => group ?? ''),
    sources: each.map(() => 'board'),
  };
}

const pick = <T>(values: readonly T[], rows: Int32Array) => new Set([...rows].map((row) => values[row]));

describe('by group', () => {
  // Eight presses of each of three labels, of different lengths.
  const presses = rowsOf(600, (row) => ({
    label: 'abc'[row % 3] as string,
    time: row * 1000,
    group: `press ${(row * 7) % 24}`,
  }));

  it('is chosen where every label has several groups, and never puts one in both parts', () => {
    const split = splitExamples(presses, standard);
    expect(split.by).toBe('group');
    const [train, test] = [pick(presses.groups, split.train), pick(presses.groups, split.test)];
    expect([...train].filter((group) => test.has(group))).toEqual([]);
    expect(split.train.length + split.test.length + split.left.length).toBe(600);
  });

  it('tests every label with about its share', () => {
    const { test } = splitExamples(presses, standard);
    for (const label of ['a', 'b', 'c']) {
      const tested = [...test].filter((row) => presses.labels[row] === label).length;
      expect(tested, label).toBeGreaterThanOrEqual(25);
      expect(tested, label).toBeLessThanOrEqual(75);
    }
  });

  it('gives the same parts for the same seed, and others for another', () => {
    const one = splitExamples(presses, standard);
    expect(splitExamples(presses, standard)).toEqual(one);
    expect(splitExamples(presses, { ...standard, seed: 2 }).test).not.toEqual(one.test);
  });

  it('keeps the only group of a label for training', () => {
    const rows = rowsOf(90, (row) => ({
      label: row < 10 ? 'rare' : 'common',
      group: row < 10 ? 'one' : `g${row % 8}`,
    }));
    const { train } = splitExamples(rows, { ...standard, by: 'group' });
    expect(pick(rows.labels, train)).toEqual(new Set(['rare', 'common']));
  });
});

describe('by time', () => {
  // One press of each label: windows of 1 s, one every 250 ms.
  const windows = rowsOf(200, (row) => ({
    label: row < 100 ? 'on' : 'off',
    time: row * 250,
    group: row < 100 ? 'press 1' : 'press 2',
  }));
  const options = { ...standard, span: 1000 };

  it('is chosen where groups are too few, and tests the last part of every run', () => {
    const split = splitExamples(windows, options);
    expect(split.by).toBe('time');
    expect([...split.test]).toEqual([...range(75, 100), ...range(175, 200)]);
  });

  it('leaves out what shares samples with the test, and nothing else', () => {
    const split = splitExamples(windows, options);
    // Three before each tested part, and three after the first one.
    expect([...split.left]).toEqual([...range(72, 75), ...range(100, 103), ...range(172, 175)]);
    for (const test of split.test) {
      for (const train of split.train) {
        const apart = Math.abs((windows.times[test] as number) - (windows.times[train] as number));
        expect(apart).toBeGreaterThanOrEqual(1000);
      }
    }
  });
});

describe('by row', () => {
  it('is chosen where nothing else is known, and tests every k-th of each label in order', () => {
    const rows = rowsOf(40, (row) => ({ label: row < 20 ? 'x' : 'y' }));
    const split = splitExamples(rows, { ...standard, share: 0.2 });
    expect(split.by).toBe('row');
    expect([...split.test]).toEqual([4, 9, 14, 19, 24, 29, 34, 39]);
    expect(split.words).toBe('Tested on 8 of 40 examples: every 5th of each label, in order');
  });

  it('does not look at the values of a regression', () => {
    const rows = rowsOf(10, (row) => ({ label: row * 1.5 }));
    expect([...splitExamples(rows, { ...standard, task: 'regression', share: 0.2 }).test]).toEqual([4, 9]);
  });

  it('tests the last one of a label that has few', () => {
    const rows = rowsOf(22, (row) => ({ label: row < 20 ? 'many' : 'few' }));
    const { test, train } = splitExamples(rows, standard);
    expect([...test]).toContain(21);
    expect([...train]).toContain(20);
  });
});

describe('folds', () => {
  it.each(['group', 'time', 'row'] as const)('test every row once, by %s', (by) => {
    const rows = rowsOf(240, (row) => ({
      label: 'ab'[row % 2] as string,
      time: row * 100,
      group: `g${Math.floor(row / 12)}`,
    }));
    const folds = foldExamples(rows, 5, { ...standard, by });
    expect(folds).toHaveLength(5);
    const tested = folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b);
    expect(tested).toEqual([...range(0, 240)]);
    for (const { train, test } of folds) {
      expect([...train].filter((row) => test.includes(row))).toEqual([]);
      expect(pick(rows.labels, test).size).toBe(2);
    }
  });

  it('are fewer where a label has fewer groups', () => {
    const rows = rowsOf(60, (row) => ({ label: 'ab'[row % 2] as string, group: `g${row % 6}` }));
    expect(foldExamples(rows, 10, { ...standard, by: 'group' })).toHaveLength(3);
  });
});

function* range(from: number, to: number) {
  for (let at = from; at < to; at++) yield at;
}

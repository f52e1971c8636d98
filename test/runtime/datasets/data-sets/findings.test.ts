import { describe, expect, it } from 'vitest';
import {
  findingsOf,
  findLeakage,
  type LoadedExamples,
  spanOf,
  splitExamples,
} from '../../../../runtime/datasets/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';
import { dataSets, examples, windows } from './support.ts';

/** Examples of two columns without anything that could be found. */
function sound(rows: number, change: Partial<LoadedExamples> = {}): LoadedExamples {
  const random = seededRandom(3);
  const normal = () => random() + random() + random() + random() - 2;
  return {
    ...{ name: 'set', digest: '', kind: 'features', columns: ['x', 'y'], rows, width: 2 },
    values: Float32Array.from({ length: rows * 2 }, normal),
    ids: Int32Array.from({ length: rows }, (_, row) => row + 1),
    labels: Array.from({ length: rows }, (_, row) => (row % 2 === 0 ? 'on' : 'off')),
    times: new Float64Array(rows).fill(NaN),
    groups: new Array<string>(rows).fill(''),
    sources: new Array<string>(rows).fill(''),
    ...change,
  };
}

const codes = (loaded: LoadedExamples) => findingsOf(loaded).map(({ code, weight }) => `${code} ${weight}`);
const labels = (...counts: readonly (readonly [string | number | null, number])[]) =>
  counts.flatMap(([label, n]) => new Array<string | number | null>(n).fill(label));

describe('what is found', () => {
  it('is nothing in sound examples', () => expect(codes(sound(200))).toEqual([]));

  it.each<[string, string, (string | number | null)[]]>([
    ['one label only', 'ONE_LABEL warning', labels(['on', 40])],
    ['three examples', 'TOO_FEW stop', labels(['on', 2], ['off', 1])],
    ['a label that is rare', 'UNBALANCED hint', labels(['on', 100], ['off', 20])],
    ['examples without a label', 'UNLABELLED hint', labels(['on', 20], ['off', 20], [null, 3])],
  ])('is %s', (_, code, given) => expect(codes(sound(given.length, { labels: given }))).toContain(code));

  it('is labels that differ by a space, with the click that mends it', () => {
    const given = labels(['normal', 30], ['Normal', 12], ['nor-mal', 11], ['fault', 30]);
    const similar = findingsOf(sound(given.length, { labels: given })).find(({ code }) => code === 'SIMILAR_LABELS');
    expect(similar?.relabel).toEqual({ from: ['Normal', 'nor-mal'], to: 'normal' });
    expect(similar?.message).toContain('"normal", "Normal", "nor-mal"');
    expect(similar?.examples).toHaveLength(23);
  });

  it('is no similarity of numbers', () => {
    expect(codes(sound(60, { labels: labels([1.5, 30], [15, 30]) }))).toEqual([]);
  });

  it('is the same example twice, and the same values under two labels', () => {
    const given = sound(100);
    given.values.copyWithin(20, 0, 4); // rows 10 and 11 become rows 0 and 1
    given.values.copyWithin(42, 0, 2); // row 21 is row 0 with the other label
    const found = findingsOf(given);
    expect(found.find(({ code }) => code === 'DUPLICATES')).toMatchObject({ examples: [11, 22, 12], weight: 'hint' });
    expect(found.find(({ code }) => code === 'CONTRADICTIONS')).toMatchObject({
      examples: [1, 11, 22],
      weight: 'warning',
    });
  });

  it('is what lies far out of its label, and not what all of another label is', () => {
    const given = sound(400);
    for (let row = 0; row < 400; row += 2) given.values[row * 2] = (given.values[row * 2] as number) + 50;
    given.values[7 * 2] = 40;
    expect(findingsOf(given)).toMatchObject([
      { code: 'OUTLIERS', examples: [8], message: expect.stringContaining('in x') as string },
    ]);
  });

  it('is a column that never changes; where none does, nothing can be learnt', () => {
    const given = sound(60);
    for (let row = 0; row < 60; row++) given.values[row * 2 + 1] = 7;
    expect(codes(given)).toContain('CONSTANT_FEATURES hint');
    given.values.fill(7);
    expect(codes(given)[0]).toBe('CONSTANT_FEATURES stop');
  });

  it('is a counter, and a column that is the label in another word', () => {
    const counter = sound(100, { labels: labels(['on', 50], ['off', 50]) });
    for (let row = 0; row < 100; row++) counter.values[row * 2] = row;
    expect(findingsOf(counter)).toMatchObject([
      { code: 'LEAKAGE_FEATURE', message: expect.stringContaining('"x"') as string },
    ]);
    const code = sound(100);
    for (let row = 0; row < 100; row++) code.values[row * 2] = row % 2;
    expect(codes(code)).toContain('LEAKAGE_FEATURE warning');
  });
});

describe('leakage across the parts', () => {
  const options = { by: 'row', share: 0.25, seed: 1, task: 'classification', span: 0 } as const;

  it('is found where the same or nearly the same example lies in both', () => {
    const given = sound(300);
    for (const [copy, of] of [
      [3, 4],
      [7, 9],
      [11, 12],
    ] as const) {
      given.values[copy * 2] = (given.values[of * 2] as number) + 1e-5;
      given.values[copy * 2 + 1] = given.values[of * 2 + 1] as number;
    }
    const test = Int32Array.of(3, 7, 11, 20, 21);
    const train = Int32Array.from({ length: 300 }, (_, row) => row).filter((row) => !test.includes(row));
    const found = findLeakage(given, { ...splitExamples(given, options), train, test });
    expect(found).toMatchObject([{ code: 'LEAKAGE_SAME', weight: 'warning', examples: [4, 8, 12] }]);
    expect(findLeakage(sound(300), splitExamples(sound(300), options))).toEqual([]);
  });

  it('is found where windows of both share samples, and is not there after a split by time', () => {
    const given = sound(100, {
      ...{ kind: 'window', columns: ['ax'], window: { rate: 100, samples: 2 } },
      times: Float64Array.from({ length: 100 }, (_, row) => row * 10),
      labels: labels(['on', 50], ['off', 50]),
    });
    const span = spanOf(given);
    expect(span).toBe(20);
    const byRow = splitExamples(given, options);
    expect(findLeakage(given, byRow)).toMatchObject([
      { code: 'LEAKAGE_OVERLAP', examples: expect.any(Array) as number[] },
    ]);
    expect(findLeakage(given, splitExamples(given, { ...options, by: 'time', span }))).toEqual([]);
  });

  it('knows how long the window of a recipe is', () => {
    expect(spanOf({ recipe: JSON.stringify({ rate: 50, length: 100 }) })).toBe(2000);
    expect(spanOf({})).toBe(0);
  });
});

describe('of a data set', () => {
  it('findings and map follow what changes', async () => {
    const set = await (await dataSets()).open('pump');
    expect(await set.findings()).toEqual([]);
    expect(await set.map()).toEqual({ points: [], shares: [0, 0], examples: 0 });
    await set.add(examples(100));
    expect(await set.findings()).toEqual([]);
    await set.relabel({ label: 'off' }, 'on');
    expect(await set.findings()).toMatchObject([{ code: 'ONE_LABEL' }]);
    const map = await set.map();
    expect(map.points).toHaveLength(100);
    expect(map.points[0]).toMatchObject({ id: 1, label: 'on' });
  });

  it('a map draws at most 2,000 of many examples, and windows by what they look like', async () => {
    const set = await (await dataSets()).open('motion');
    await set.add(windows(2100));
    const map = await set.map();
    expect([map.points.length, map.examples]).toEqual([2000, 2100]);
    expect(map.shares[0]).toBeGreaterThan(map.shares[1]);
    expect(map.points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { indexOf, indexesOf } from '../../../editor/look/label-colours.ts';
import { createDataSets } from '../../../editor/sidebar/data/data-sets.ts';
import { curve, dotsOf, heights, MAP, nearest, shapePath } from '../../../editor/sidebar/data/drawing.ts';
import { createHolding } from '../../../editor/sidebar/data/holding.ts';
import { labelText, rangeOfLabels } from '../../../editor/look/data-words.ts';
import type { DataSetRow, ExampleView } from '../../../runtime/messages/index.ts';

/** A page whose seconds pass when the test says so, and a gateway that writes down what it is told. */
function page(answer: () => Promise<unknown> = () => Promise.resolve({})) {
  const told: unknown[] = [];
  let second: (() => void) | undefined;
  let now = 0;
  const holding = createHolding(
    (path, body) => {
      told.push([path, body]);
      return answer();
    },
    {
      now: () => now,
      every(_ms, task) {
        second = task;
        return () => void (second = undefined);
      },
    },
  );
  const pass = async (ms: number) => {
    await new Promise((done) => setTimeout(done, 0));
    now += ms;
    if (ms >= 1000) second?.();
    await new Promise((done) => setTimeout(done, 0));
  };
  return { holding, told, pass };
}

const worn = ['tell/n', { label: 'worn' }];
const nothing = ['tell/n', { label: null }];

describe('the button that is held', () => {
  it('says so at once, again each second, and when it is let go', async () => {
    const { holding, told, pass } = page();
    holding.hold('n', 'worn');
    await pass(1000);
    await pass(1000);
    holding.release();
    await pass(1000);
    expect(told).toEqual([worn, worn, worn, nothing]);
    expect(holding.state.value).toEqual({});
  });

  it('lets go of one label before it holds another', async () => {
    const { holding, told, pass } = page();
    holding.hold('n', 'normal');
    holding.hold('n', 'worn');
    await pass(0);
    expect(told.slice(0, 3)).toEqual([['tell/n', { label: 'normal' }], nothing, worn]);
  });

  it('never lets a release overtake what it ends', async () => {
    let answer: () => void = () => undefined;
    const { holding, told, pass } = page(() => new Promise<void>((done) => (answer = done)));
    holding.hold('n', 'worn');
    holding.release();
    await pass(0);
    expect(told).toEqual([worn]);
    answer();
    await pass(0);
    expect(told).toEqual([worn, nothing]);
  });

  it('tells a click from a hold', async () => {
    const { holding, pass } = page();
    holding.hold('n', 'worn');
    await pass(80);
    holding.release();
    expect(holding.state.value.short).toBe(true);
  });

  it('ends where the gateway refuses, and says why', async () => {
    const { holding, pass } = page(() => Promise.reject(new Error('no node "n" is running')));
    holding.hold('n', 'worn');
    await pass(0);
    expect(holding.state.value).toEqual({ trouble: { text: 'no node "n" is running' } });
  });
});

const ROW: DataSetRow = {
  ...{
    name: 'pump',
    kind: 'features',
    columns: ['a'],
    examples: 2,
    groups: 1,
    bytes: 10,
    versions: [],
    shipped: false,
  },
  labels: [{ label: 'worn', examples: 2 }],
};

describe('the data sets of the page', () => {
  it('are asked for again after each change', async () => {
    const asked: unknown[] = [];
    const dataSets = createDataSets((path, body) => {
      asked.push(body === undefined ? path : [path, body]);
      return Promise.resolve(path === 'data' ? { dataSets: [ROW] } : {});
    });
    expect(await dataSets.relabel('pump', { ids: [1] }, 'normal')).toBe(true);
    expect(asked).toEqual([['data/relabel', { name: 'pump', choice: { ids: [1] }, label: 'normal' }], 'data']);
    expect(dataSets.state.value).toEqual({ loaded: true, dataSets: [ROW] });
  });

  it('keep what was known when the gateway refuses, and say why', async () => {
    let refuse = false;
    const dataSets = createDataSets(() =>
      refuse ? Promise.reject(new Error('it came with Millrace')) : Promise.resolve({ dataSets: [ROW] }),
    );
    await dataSets.refresh();
    refuse = true;
    expect(await dataSets.remove('pump')).toBe(false);
    expect(dataSets.state.value).toMatchObject({ dataSets: [ROW], trouble: { text: 'it came with Millrace' } });
  });

  it('give a label one colour for good, whatever comes beside it', () => {
    expect([indexOf('pump', 'worn'), indexOf('pump', 'normal'), indexOf('pump', 'worn')]).toEqual([0, 1, 0]);
    expect(indexOf('other', 'normal')).toBe(0);
  });
});

describe('the answers of a model', () => {
  it('have the colours that their labels have in the data set', () => {
    for (const label of ['healthy', 'worn bearing', 'blocked inlet']) indexOf('lesson', label);
    expect(indexesOf(['blocked inlet', 'healthy', 'worn bearing'])).toEqual([2, 0, 1]);
    expect(indexesOf(['cavitation', 'healthy', 'worn bearing'])).toEqual([0, 1, 2]);
  });
});

describe('labels that are numbers', () => {
  const labels = (...values: (number | string | null)[]) => values.map((label) => ({ label }));

  it('are names where they are few and whole, and values where they are many or broken', () => {
    expect(rangeOfLabels(labels(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))).toBeUndefined();
    expect(rangeOfLabels(labels(0.5, null, 2))).toEqual({ low: 0.5, high: 2 });
    expect(rangeOfLabels(labels(...Array.from({ length: 21 }, (_, n) => 30 - n)))).toEqual({ low: 10, high: 30 });
    expect(rangeOfLabels(labels(0.5, 'worn'))).toBeUndefined();
    expect(rangeOfLabels(labels(null))).toBeUndefined();
  });

  it('are written as they were given where they are names', () => {
    expect([3, -1, 10, 1234, 36.53].map(labelText)).toEqual(['3', '−1', '10', '1234', '36.5']);
  });
});

describe('the drawings', () => {
  const points = [
    { id: 1, x: 5, y: 0, label: 'a' },
    { id: 2, x: -5, y: 10, label: null },
  ];
  it('fill the map, with up as up, and find the dot under the pointer', () => {
    const dots = dotsOf({ points, shares: [0.5, 0.2], examples: 2 });
    expect(dots.map(({ id }) => id)).toEqual([2, 1]);
    expect(dots[0]).toMatchObject({ x: MAP.edge, y: MAP.edge });
    expect(dots[1]).toMatchObject({ x: MAP.width - MAP.edge, y: MAP.height - MAP.edge });
    expect(nearest(dots, 15, 15, 14)?.id).toBe(2);
    expect(nearest(dots, 160, 110, 14)).toBeUndefined();
  });

  it('lay examples that are all the same in the middle', () => {
    const [dot] = dotsOf({ points: [{ id: 1, x: 0, y: 0, label: 'a' }], shares: [0, 0], examples: 1 });
    expect(dot).toMatchObject({ x: MAP.width / 2, y: MAP.height / 2 });
  });

  it('have a shape of its own for each of six labels', () => {
    const shapes = Array.from({ length: 6 }, (_, index) => shapePath(index, [{ x: 0, y: 0 }], 4));
    expect(new Set(shapes).size).toBe(6);
  });

  it('keep a short peak of a long window', () => {
    const values = Array.from({ length: 5000 }, (_, index) => (index === 2501 ? 9 : 0));
    expect(curve(values, 100, 20)).toContain(' 1');
    expect(curve([], 100, 20)).toBe('');
  });

  it('draw a feature as high as it lies among the others', () => {
    const view = (value: number): ExampleView => ({
      ...{ id: value, label: null, time: null, source: '', group: '' },
      values: [{ name: 'a', values: [value] }],
    });
    expect(heights(view(2), [view(0), view(2), view(4)])).toEqual([0.5]);
    expect(heights(view(2), [view(2)])).toEqual([0.5]);
  });
});

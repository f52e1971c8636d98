import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  butterworth,
  createSosFilter,
  createWindow,
  prepareRecipe,
  type Recipe,
} from '../../../runtime/signal/index.ts';
import { wavy, windowOf } from './support.ts';

const RATE = 100;
const START = 1_700_000_000_000;
const signal = wavy(1000);

const recipe = (length: number, stride: number, state: 'carry' | 'reset'): Recipe => ({
  ...{ channels: ['x'], rate: RATE, length, stride },
  blocks: [
    { type: 'filter', channels: ['x'], pass: 'low', cutoffs: [8], order: 4, state, start: 'steady' },
    { type: 'statistics', channels: ['x'], measures: ['mean', 'max'], detrend: 'none' },
  ],
});

/** The window that begins at this sample; its stamp may be some ms off. */
const windowAt = (from: number, length: number, off = 0, samples = signal) =>
  windowOf({ x: samples.subarray(from, from + length) }, RATE, START + (1000 * from) / RATE + off);

/** Mean and maximum of a stretch of the whole signal filtered as one stream, from sample `begin` on. */
function filtered(begin: number, from: number, length: number): number[] {
  const filter = createSosFilter(butterworth({ pass: 'low', cutoffs: [8], order: 4 }, RATE));
  filter.reset(signal[begin]);
  const output = new Float64Array(signal.length);
  filter.run(signal, output, begin);
  const stretch = output.subarray(from, from + length);
  return [stretch.reduce((sum, value) => sum + value, 0) / length, Math.max(...stretch)];
}

describe('a block that carries its state', () => {
  it('makes of windows, however they overlap, what it makes of the stream as a whole, to the byte', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 80 }), fc.integer({ min: 1, max: 80 }), (length, asked) => {
        const stride = Math.min(asked, length);
        const { run } = prepareRecipe(recipe(length, stride, 'carry'));
        for (let from = 0; from + length <= 400; from += stride) {
          expect([...run(windowAt(from, length))]).toEqual(filtered(0, from, length));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('knows windows that overlap by their samples, where stamps of arrival wander', () => {
    // The stride that the recipe names is not that of the windows, either.
    const { run } = prepareRecipe(recipe(60, 60, 'carry'));
    [0, 12, -9, 14, 3, -14].forEach((off, index) => {
      expect([...run(windowAt(20 * index, 60, off))]).toEqual(filtered(0, 20 * index, 60));
    });
  });

  it.each([
    ['after a silence', 200],
    ['when a window comes again', 40],
    ['when time goes back', 0],
  ])('begins anew %s', (_, from) => {
    const { run } = prepareRecipe(recipe(40, 20, 'carry'));
    for (const at of [0, 20, 40]) run(windowAt(at, 40));
    expect([...run(windowAt(from, 40))]).toEqual(filtered(from, from, 40));
  });

  it('begins anew where the samples are others, whatever their stamps say', () => {
    const { run } = prepareRecipe(recipe(40, 20, 'carry'));
    run(windowAt(0, 40, 0, wavy(1000, 3)));
    expect([...run(windowAt(20, 40))]).toEqual(filtered(20, 20, 40));
  });

  it('that resets gives of each window the same bytes, whatever came before', () => {
    const alone = prepareRecipe(recipe(40, 20, 'reset')).run(windowAt(60, 40));
    const { run } = prepareRecipe(recipe(40, 20, 'reset'));
    for (const at of [0, 20, 500, 40]) run(windowAt(at, 40));
    expect(run(windowAt(60, 40))).toEqual(alone);
  });
});

it('what overlapping windows have in common is computed once, with the bytes of each window computed alone', () => {
  const blocksOf = (before: Recipe['blocks']): Recipe['blocks'] => [
    ...before,
    { type: 'welch', channels: ['x'], segment: 16, overlap: 8 },
  ];
  const before: Recipe['blocks'][] = [
    [],
    [{ type: 'scale', channels: ['x'], factor: 2, offset: 1 }],
    // What it makes of a sample differs from window to window.
    [{ type: 'normalise', channels: ['x'], by: 'z-score', centre: 0, spread: 1 }],
  ];
  const stride = fc.constantFrom(1, 4, 8, 16, 24, 40, 56, 64);
  fc.assert(
    fc.property(stride, fc.constantFrom(...before), (every, first) => {
      const welch: Recipe = { ...recipe(64, every, 'reset'), blocks: blocksOf(first) };
      const { run } = prepareRecipe(welch);
      for (let from = 0; from + 64 <= 300; from += every) {
        expect(run(windowAt(from, 64))).toEqual(prepareRecipe(welch).run(windowAt(from, 64)));
      }
    }),
  );
});

it('a recipe gives the same bytes of windows that were cut from the stream as of windows cut from the whole', () => {
  const whole = prepareRecipe(recipe(50, 10, 'carry'));
  const stream = prepareRecipe(recipe(50, 10, 'carry'));
  const plain = prepareRecipe(recipe(50, 10, 'carry'));
  const assembler = createWindow({ length: 50, stride: 10, rate: RATE, channels: ['x'] });
  let windows = 0;
  signal.forEach((x, n) => {
    const cut = assembler.push({ payload: { x }, time: START + (1000 * n) / RATE });
    if (!cut) return;
    const expected = whole.run(windowAt(n - 49, 50));
    const data = Array.from(cut.payload.data);
    expect(stream.run(cut.payload)).toEqual(expected);
    expect(plain.run({ ...cut.payload, data })).toEqual(expected);
    windows++;
  });
  expect(windows).toBe(96);
});

it('what overflows is an error of its window, and is forgotten with it', () => {
  const prepared = prepareRecipe({
    ...{ channels: ['x'], rate: RATE, length: 10, stride: 10 },
    blocks: [
      { type: 'scale', channels: ['x'], factor: 1e300, offset: 0 },
      { type: 'filter', channels: ['x'], pass: 'low', cutoffs: [8], order: 4, state: 'carry', start: 'steady' },
      { type: 'moving', channels: ['x'], measure: 'median', length: 5, state: 'carry' },
      { type: 'statistics', channels: ['x'], measures: ['mean'], detrend: 'none' },
    ],
  });
  const window = (index: number, value: number) =>
    windowOf({ x: new Float64Array(10).fill(value) }, RATE, START + 100 * index);
  const [before] = prepared.run(window(0, 1));
  expect((before ?? NaN) / 1e300).toBeCloseTo(1, 9);
  expect(() => prepared.run(window(1, 1e30))).toThrow(
    expect.objectContaining({ code: 'FEATURE_INVALID', message: expect.stringContaining('"mean_x" is') as string }),
  );
  const [after] = prepared.run(window(2, 2));
  expect((after ?? NaN) / 1e300).toBeCloseTo(2, 9);
});

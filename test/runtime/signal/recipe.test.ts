import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { WindowPayload } from '../../../runtime/messages/index.ts';
import { createPeriodogram } from '../../../runtime/signal/spectra/periodogram.ts';
import { parseWindow, prepareRecipe, type Recipe, recipeDigest } from '../../../runtime/signal/index.ts';

/** Figures of scipy 1.10.1. */
const reference = JSON.parse(readFileSync(new URL('./data/filters.json', import.meta.url), 'utf8')) as {
  sample_rate_hz: number;
  input: number[];
  moments: Record<string, number>;
  welch: { nperseg: number; noverlap: number; frequency_hz: number[]; density: number[] };
};

const close = (value: number, expected: number) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(Math.max(1e-9, 1e-6 * Math.abs(expected)));

const RECIPE: Recipe = {
  channels: ['x', 'y'],
  rate: 100,
  length: 100,
  stride: 25,
  blocks: [
    { type: 'statistics', channels: ['y', 'x'], measures: ['rms', 'peak'], detrend: 'constant' },
    { type: 'bands', channels: ['x'], edges: [0, 10, 50] },
    { type: 'statistics', channels: ['x'], measures: ['mean', 'crest'], detrend: 'none' },
  ],
};

/** x: 5 + 2 sin at 20 Hz; y: constant 3. */
function window(change: Partial<WindowPayload> = {}): WindowPayload {
  const data = Float32Array.from({ length: 200 }, (_, index) => {
    return index % 2 === 0 ? 5 + 2 * Math.sin((2 * Math.PI * 20 * (index / 2)) / 100) : 3;
  });
  return { channels: ['x', 'y'], rate: 100, start: 0, data, shape: [100, 2], ...change };
}

const thrown = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as Error;

describe('a recipe', () => {
  it('gives named features in the order of its blocks', () => {
    const recipe = prepareRecipe(RECIPE);
    const values = recipe.run(window());
    const features = Object.fromEntries(recipe.featureNames.map((name, index) => [name, values[index] as number]));
    expect(Object.keys(features)).toEqual([
      ...['rms_y', 'peak_y', 'rms_x', 'peak_x'],
      ...['band_0_10_x', 'band_10_50_x', 'mean_x', 'crest_x'],
    ]);
    expect(features['rms_y']).toBe(0);
    expect(features['rms_x']).toBeCloseTo(Math.SQRT2, 5);
    expect(features['peak_x']).toBeCloseTo(2 * Math.sin((2 * Math.PI * 20 * 1) / 100), 5);
    // The sine is strong in its own band alone, with its own strength.
    expect(features['band_10_50_x']).toBeCloseTo(Math.SQRT2, 2);
    expect(features['band_0_10_x']).toBeLessThan(0.05);
    expect(features['mean_x']).toBeCloseTo(5, 5);
  });

  it('gives the same bytes twice, from a plain array as from a typed one, and from channels in another order', () => {
    const recipe = prepareRecipe(RECIPE);
    const first = Buffer.from(recipe.run(window()).buffer);
    const { data } = window();
    const swapped = Array.from(data, (_, index) => data[index ^ 1] as number);
    for (const same of [
      window(),
      window({ data: Array.from(data) }),
      window({ channels: ['y', 'x'], data: swapped }),
      window({ rate: 99.6 }),
    ]) {
      expect(Buffer.from(recipe.run(same).buffer).equals(first)).toBe(true);
    }
  });

  it('gives the bytes that it gave when this was written', () => {
    // A model was trained on these: a change of the arithmetic needs a new version of it.
    const samples = Float32Array.from({ length: 64 }, (_, index) => ((index * 37) % 64) / 8 - 4);
    const recipe = prepareRecipe({
      ...{ channels: ['x'], rate: 64, length: 64, stride: 64 },
      blocks: [
        { type: 'statistics', channels: ['x'], measures: ['std', 'kurtosis'], detrend: 'none' },
        { type: 'bands', channels: ['x'], edges: [4, 20, 32] },
      ],
    });
    const values = recipe.run({ channels: ['x'], rate: 64, start: 0, data: samples, shape: [64, 1] });
    expect(Buffer.from(values.buffer).toString('hex')).toMatchInlineSnapshot(
      `"38bf0676137902408d6602c09935f3bfa30dd8cf64e2f33f8fe185f6e7d2fe3f"`,
    );
  });

  it('has a digest of what it computes, not of how it was written down', () => {
    const [first, ...rest] = RECIPE.blocks;
    const { channels, ...others } = RECIPE;
    expect(recipeDigest({ ...others, channels })).toBe(recipeDigest(RECIPE));
    expect(recipeDigest({ ...RECIPE, blocks: [...rest, first as never] })).not.toBe(recipeDigest(RECIPE));
    expect(prepareRecipe(RECIPE).digest).toBe(recipeDigest(RECIPE));
    expect(recipeDigest(RECIPE)).toMatchInlineSnapshot(
      `"e1bcfec5cb1adb4528de2e42e189fadd46f33ad65cbf7707cb2dcb4160f7b96e"`,
    );
  });
});

describe('a window that does not fit is refused with', () => {
  const { run } = prepareRecipe(RECIPE);
  const { data } = window();
  it.each([
    [
      'the missing channels',
      window({ channels: ['x', 'z'] }),
      'WINDOW_CHANNELS_MISSING',
      /needs the channels y, .* x, z/,
    ],
    [
      'both lengths',
      window({ shape: [50, 2], data: data.slice(0, 100) }),
      'WINDOW_LENGTH_WRONG',
      /100 samples, got 50/,
    ],
    ['both rates', window({ rate: 50 }), 'WINDOW_RATE_WRONG', /100 samples a second, got 50/],
    ['the sample that is NaN', window({ data: data.with(7, NaN) }), 'WINDOW_VALUE_INVALID', /sample 3 of .*"y" is NaN/],
    [
      'the sample that is infinite',
      window({ data: data.with(4, Infinity) }),
      'WINDOW_VALUE_INVALID',
      /sample 2 of .*"x"/,
    ],
  ])('%s', (_, given, code, message) => {
    expect(() => run(given)).toThrowError(thrown(code, message));
  });
});

describe('a recipe that contradicts itself is refused with its place', () => {
  it.each([
    ['blocks.0.edges.2', [{ type: 'bands', channels: ['x'], edges: [0, 10, 60] }], /60 Hz is above half the rate/],
    ['blocks.0.edges.1', [{ type: 'bands', channels: ['x'], edges: [10, 10] }], /not above the edge before/],
    [
      'blocks.0.channels',
      [{ type: 'statistics', channels: ['q'], measures: ['rms'], detrend: 'none' }],
      /no channel "q"/,
    ],
    ['blocks', [RECIPE.blocks[0], RECIPE.blocks[0]], /two blocks make "rms_y"/],
    ['blocks.0.type', [{ type: 'magic' }], /./],
    ['blocks.0.cutoffs', [{ type: 'filter', channels: ['x'], pass: 'low', cutoffs: [50] }, RECIPE.blocks[0]], /50 Hz/],
    ['blocks.0.segment', [{ type: 'welch', channels: ['x'], segment: 128 }], /longer than the window of 100/],
  ])('%s', (path, blocks, problem) => {
    const recipe = { ...RECIPE, blocks } as Recipe;
    expect(() => prepareRecipe(recipe)).toThrowError(thrown('RECIPE_INVALID', new RegExp(`"${path}": .*`)));
    expect(() => prepareRecipe(recipe)).toThrowError(thrown('RECIPE_INVALID', problem));
  });

  it.each([
    ['rate', { rate: 0 }, /./],
    ['length', { length: 1_000_000 }, /./],
    ['blocks', { blocks: [] }, /./],
    // Each transform is fine by itself; together they would take gigabytes.
    [
      'blocks.2',
      {
        length: 65_536,
        channels: Array.from({ length: 64 }, (_, channel) => `c${channel}`),
        blocks: Array.from({ length: 64 }, () => ({
          ...{ type: 'moving', measure: 'median', length: 65_536, state: 'carry' },
          channels: Array.from({ length: 64 }, (_, channel) => `c${channel}`),
        })),
      },
      /takes \d+ bytes, more than the 268435456 of MILLRACE_LIMIT_RECIPE_BYTES/,
    ],
    [
      'blocks.0',
      { length: 65_536, blocks: [{ type: 'fft', channels: ['x'] }] },
      /makes 32769 features, more than the 10000 of MILLRACE_LIMIT_RECIPE_FEATURES/,
    ],
  ])('%s (%#)', (path, change, problem) => {
    const recipe = { ...RECIPE, ...change } as Recipe;
    expect(() => prepareRecipe(recipe)).toThrowError(thrown('RECIPE_INVALID', new RegExp(`"${path}": .*`)));
    expect(() => prepareRecipe(recipe)).toThrowError(thrown('RECIPE_INVALID', problem));
  });
});

it('periodograms, averaged as Welch does, agree with scipy.signal.welch', () => {
  const { input, sample_rate_hz: rate, welch } = reference;
  const periodogram = createPeriodogram(welch.nperseg, rate);
  const density = new Float64Array(periodogram.frequencies.length);
  const average = new Float64Array(density.length);
  const starts = [];
  for (let at = 0; at + welch.nperseg <= input.length; at += welch.nperseg - welch.noverlap) starts.push(at);
  for (const at of starts) {
    periodogram.run(Float64Array.from(input.slice(at, at + welch.nperseg)), density);
    density.forEach((value, bin) => (average[bin] = (average[bin] as number) + value / starts.length));
  }
  welch.frequency_hz.forEach((expected, bin) => close(periodogram.frequencies[bin] as number, expected));
  welch.density.forEach((expected, bin) => close(average[bin] as number, expected));
});

describe('a window out of a message', () => {
  it('may hold any typed array, or a plain one', () => {
    for (const data of [[1, 2], Float64Array.of(1, 2), Int16Array.of(1, 2)]) {
      const parsed = parseWindow({ channels: ['x'], rate: 10, start: 0, data, shape: [2, 1] });
      expect([...parsed.data]).toEqual([1, 2]);
    }
  });

  it.each([
    [{ x: 1 }, /channels/],
    [7, /it is a number/],
    [undefined, /it is nothing/],
    [{ channels: ['x', 'x'], rate: 10, start: 0, data: [1, 2, 3, 4], shape: [2, 2] }, /two channels are called "x"/],
    [{ channels: ['x'], rate: 10, start: 0, data: [1, 'on'], shape: [2, 1] }, /data\.1 is "on"/],
    [{ channels: ['x'], rate: 10, start: 0, shape: [2, 1] }, /data is nothing/],
    [{ channels: ['x'], rate: 10, start: 0, data: [1, 2, 3], shape: [2, 1] }, /3 values/],
    [{ channels: ['x', 'y'], rate: 10, start: 0, data: [1, 2], shape: [2, 1] }, /2 channels/],
    [{ channels: ['x'], rate: 0, start: 0, data: [1, 2], shape: [2, 1] }, /rate/],
  ])('is refused with the reason: %j', (payload, reason) => {
    expect(() => parseWindow(payload)).toThrowError(thrown('WINDOW_INVALID', reason));
  });

  it('with a value that is not finite is refused with channel and sample, in a plain array too', () => {
    const window = { channels: ['x', 'y'], rate: 10, start: 0, data: [1, 2, 3, NaN], shape: [2, 2] };
    expect(() => parseWindow(window)).toThrowError(
      thrown('WINDOW_VALUE_INVALID', /sample 1 of the channel "y" is NaN/),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, prepareRecipe, type Recipe } from '../../../../runtime/signal/index.ts';
import type { WindowPayload } from '../../../../runtime/messages/index.ts';
import { recipeParts } from '../../../../runtime/signal/recipe-parts.ts';
import { block } from '../../../../runtime/signal/schema.ts';
import { recipeOf, wavy, windowOf } from '../support.ts';

/** What has no default. */
const needed: Record<string, object> = {
  filter: { pass: 'low', cutoffs: [12] },
  statistics: { measures: ['mean', 'std', 'peak', 'kurtosis'] },
  bands: { edges: [0, 5, 20] },
  mfe: { filters: 5, frame: 0.5, hop: 0.2 },
  mfcc: { filters: 5, frame: 0.5, hop: 0.2, coefficients: 4 },
};
const types = block.options.map((option) => option.shape.type.value);
const rate = 100;
const measure: Block = { type: 'statistics', channels: ['x', 'y'], measures: ['mean', 'rms', 'max'], detrend: 'none' };
const blockOf = (type: string, more: object = {}) =>
  block.parse({ type, channels: ['x', 'y'], ...needed[type], ...more });

/** Windows of a stream, each beginning `stride` samples after the one before. */
function windowsOf(stream: { x: Float64Array; y: Float64Array }, length: number, stride: number) {
  return Array.from({ length: Math.floor((stream.x.length - length) / stride) + 1 }, (_, index) => {
    const [from, to] = [index * stride, index * stride + length];
    return windowOf({ x: stream.x.slice(from, to), y: stream.y.slice(from, to) }, rate, (from / rate) * 1000);
  });
}

const stream = { x: wavy(700), y: wavy(700, 3) };

describe.each(types)('the block %s', (type) => {
  const [window] = windowsOf(stream, 128, 128);
  if (!window) throw new Error('no window');
  const recipe: Recipe = recipeOf([blockOf(type), measure].slice(0, type === 'statistics' ? 1 : 2), window);

  it('gives the same bytes whenever it is run, on typed and on plain arrays', () => {
    const [one, other] = [prepareRecipe(recipe), prepareRecipe(recipe)];
    const first = one.run(window);
    expect(first.some((value) => value !== 0)).toBe(true);
    expect(one.run(window)).toEqual(first);
    expect(other.run({ ...window, data: [...window.data] })).toEqual(first);
    expect(new Set(one.featureNames).size).toBe(first.length);
  });

  it('gives what it gives of a window by itself, whatever windows came before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (stride) => {
        const running = prepareRecipe(recipe);
        for (const each of windowsOf(stream, 128, stride).slice(0, 8)) {
          expect(running.run(each)).toEqual(prepareRecipe(recipe).run(each));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('gives numbers of a sensor at rest', () => {
    const still = windowOf({ x: new Float64Array(128), y: new Float64Array(128).fill(3) }, rate);
    expect([...prepareRecipe(recipe).run(still)].every(Number.isFinite)).toBe(true);
  });
});

describe.each([
  ['filter', { order: 3 }],
  ['filter', { pass: 'band', cutoffs: [5, 15], start: 'rest' }],
  ['moving', { measure: 'median', length: 9 }],
  ['moving', { measure: 'std', length: 30 }],
  ['envelope', { method: 'rectify' }],
])('the block %s that carries its state: %o', (type, more) => {
  const carrying = blockOf(type, { ...more, state: 'carry' });

  /** What the block makes of x, window after window. */
  const run = (length: number, windows: readonly WindowPayload[]): Float64Array[] => {
    const [first] = windows;
    if (!first) throw new Error('no windows');
    const { columns, blocks, load } = recipeParts(recipeOf([carrying], first));
    return windows.map((window) => {
      const step = load(window);
      blocks[0]?.run(columns, new Float64Array(0), 0, step);
      return (columns.get('x') ?? new Float64Array(0)).slice(0, length);
    });
  };
  const [whole = new Float64Array(0)] = run(700, [windowOf(stream, rate)]);

  it('changes the stream as a whole, however its windows lie', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), (stride) => {
        run(64, windowsOf(stream, 64, stride)).forEach((column, index) => {
          expect(column).toEqual(whole.slice(index * stride, index * stride + 64));
        });
      }),
      { numRuns: 30 },
    );
  });

  it('begins anew after a gap, and when a window comes again', () => {
    const [first, second] = windowsOf(stream, 64, 300);
    if (!first || !second) throw new Error('no windows');
    expect(run(64, [first, second])[1]).toEqual(run(64, [second])[0]);
    expect(run(64, [first, first])[1]).toEqual(run(64, [first])[0]);
  });
});

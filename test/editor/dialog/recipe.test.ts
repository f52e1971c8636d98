/** What the editor of a recipe is made of, without a browser. */
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { checkBlock, placeOf } from '../../../editor/dialog/blocks/check.ts';
import { fieldsOf } from '../../../editor/dialog/blocks/fields.ts';
import { keepAsking } from '../../../editor/dialog/preview/ask.ts';
import { featureTable, measureWords } from '../../../editor/dialog/preview/feature-table.ts';
import { comparable, pathOf, rangeOf } from '../../../editor/dialog/preview/path.ts';

const schema = z.object({
  type: z.literal('example'),
  channels: z.array(z.string().min(1)).default([]),
  cutoffs: z.array(z.number().positive()).min(1).max(2),
  order: z.number().int().min(1).max(16).default(4),
  height: z.number().optional(),
  size: z
    .number()
    .refine((size) => size % 2 === 0, 'must be even')
    .default(8),
  state: z.enum(['reset', 'carry']).default('reset'),
  measures: z.array(z.enum(['mean', 'rms'])),
  log: z.boolean().default(true),
});

describe('the fields of a block', () => {
  it('are read off its schema', () => {
    expect(fieldsOf(schema)).toEqual([
      { key: 'channels', kind: 'names', optional: false, standard: [] },
      { key: 'cutoffs', kind: 'numbers', optional: false },
      { key: 'order', kind: 'number', optional: false, standard: 4, min: 1, max: 16, whole: true },
      { key: 'height', kind: 'number', optional: true },
      { key: 'size', kind: 'number', optional: false, standard: 8 },
      { key: 'state', kind: 'choice', optional: false, standard: 'reset', options: ['reset', 'carry'] },
      { key: 'measures', kind: 'choices', optional: false, options: ['mean', 'rms'] },
      { key: 'log', kind: 'flag', optional: false, standard: true },
    ]);
  });

  it('are checked one by one, in words', () => {
    const block = { type: 'example', cutoffs: [20], measures: ['rms'] };
    const problems = (change: object) => checkBlock(schema, { ...block, ...change });
    expect(problems({})).toEqual([]);
    expect(problems({ order: 99, size: 3 })).toEqual([
      { parameter: 'order', text: 'at most 16' },
      { parameter: 'size', text: 'must be even' },
    ]);
    expect(problems({ cutoffs: [0] })).toEqual([{ parameter: 'cutoffs', text: 'more than 0' }]);
    expect(problems({ cutoffs: '20 x' })).toEqual([
      { parameter: 'cutoffs', text: 'numbers, with commas between them' },
    ]);
    expect(problems({ cutoffs: [] })).toEqual([{ parameter: 'cutoffs', text: 'at least 1 values' }]);
  });

  it('are found again in what the gateway says is wrong', () => {
    const message = 'the recipe is wrong at "blocks.2.cutoffs.0": 70 Hz is not below half the rate';
    expect(placeOf(message)).toEqual({ block: 2, parameter: 'cutoffs' });
    expect(placeOf('the recipe is wrong at "blocks": two blocks make "rms_x"')).toBeUndefined();
  });
});

describe('the features of a block', () => {
  const feature = (name: string, value: number | null) => ({ name, value });

  it('stand in a table, a column a channel', () => {
    const features = [feature('rms_x', 1), feature('peak_to_peak_x', 3), feature('rms_b_x', 2), feature('count', 4)];
    expect(featureTable(features, ['x', 'b_x'])).toEqual({
      columns: ['x', 'b_x', ''],
      rows: [
        { measure: 'rms', values: [1, 2, undefined] },
        { measure: 'peak_to_peak', values: [3, undefined, undefined] },
        { measure: 'count', values: [undefined, undefined, 4] },
      ],
    });
  });

  it('have bars where their lengths can be compared: bands, not a mean beside a kurtosis', () => {
    const features = [1, 4, null].map((value, index) => feature(`band_${index}_${index + 1}_x`, value));
    const { rows } = featureTable([...features, feature('mean_x', 9)], ['x']);
    expect(rows.map(({ shares }) => shares)).toEqual([[0.25], [1], [0], undefined]);
  });

  it('have bars that begin at the lowest where they are decibels', () => {
    const { rows } = featureTable([feature('mfe_0_x', -20), feature('mfe_1_x', -40), feature('mfe_2_x', -35)], ['x']);
    expect(rows.map(({ shares }) => shares)).toEqual([[1], [0], [0.25]]);
  });

  it('are named by the frequency at which they stand', () => {
    expect(['fft_12.5', 'psd_7.81', 'spectrum_3.13_9.38', 'band_8_12', 'peak_to_peak'].map(measureWords)).toEqual([
      ...['12.5 Hz', '7.81 Hz', '3.13–9.38 Hz', '8–12 Hz', 'peak to peak'],
    ]);
  });
});

describe('the lines of a preview', () => {
  it('span what is drawn, a flat line too, and break where there is no value', () => {
    expect(rangeOf([1, null, 5], [-2])).toEqual([-2, 5]);
    const [low, high] = rangeOf([3, 3]);
    expect(low).toBeLessThan(3);
    expect(high).toBeGreaterThan(3);
    expect(rangeOf([null])).toEqual([0, 1]);
    expect(pathOf([0, null, 2], [0, 2])).toBe('M0.0 100.0M1000.0 0.0');
  });

  it('share a scale only where both can still be seen on it', () => {
    expect(comparable([0, 10], [2, 8])).toBe(true);
    expect(comparable([-0.1, 0.1], [37, 39])).toBe(false);
  });
});

describe('asking for a preview', () => {
  it('goes on, asks at once after a change, and shows no answer from before it', async () => {
    vi.useFakeTimers();
    try {
      let setting = 'old';
      const waiting: (() => void)[] = [];
      const answers: string[] = [];
      const asking = keepAsking({
        every: 500,
        ask: () => {
          const asked = setting;
          return new Promise<string>((resolve) => waiting.push(() => resolve(asked)));
        },
        answered: (answer) => void answers.push(answer),
        refused: () => undefined,
      });
      await vi.advanceTimersByTimeAsync(0);
      setting = 'new';
      asking.again();
      expect(waiting).toHaveLength(1);
      waiting.shift()?.();
      await vi.advanceTimersByTimeAsync(0);
      waiting.shift()?.();
      await vi.advanceTimersByTimeAsync(499);
      expect(answers).toEqual(['new']);
      await vi.advanceTimersByTimeAsync(1);
      expect(waiting).toHaveLength(1);
      asking.stop();
      waiting.shift()?.();
      await vi.advanceTimersByTimeAsync(5000);
      expect(answers).toEqual(['new']);
      expect(waiting).toHaveLength(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

import { describe, expect, it } from 'vitest';
import type { WindowPayload } from '../../../runtime/messages/index.ts';
import { createFeatures, type Recipe } from '../../../runtime/signal/index.ts';

const RECIPE: Recipe = {
  channels: ['x'],
  rate: 10,
  length: 4,
  stride: 4,
  blocks: [{ type: 'statistics', channels: ['x'], measures: ['peak'], detrend: 'none' }],
};
const model = { name: 'tiny', recipe: RECIPE };

const window = (channels: string[], rate = 10): WindowPayload => ({
  channels,
  rate,
  start: 0,
  data: Array.from({ length: 4 * channels.length }, (_, index) => index),
  shape: [4, channels.length],
});

describe('features', () => {
  it('are those of the model that was chosen, or an error', () => {
    const features = createFeatures({ model });
    expect(features.run(window(['x'])).payload).toEqual({ peak_x: 3 });
    expect(() => features.run(window(['other']))).toThrowError(
      expect.objectContaining({ code: 'WINDOW_CHANNELS_MISSING' }) as Error,
    );
  });

  it('are the usual statistics of a window that the example model does not know', () => {
    const features = createFeatures({ model, otherwise: 'standard' });
    expect(features.run(window(['x', 'extra'])).payload).toEqual({ peak_x: 6 });
    const { payload, recipe } = features.run(window(['value'], 3.3333));
    expect(Object.keys(payload)).toEqual(
      ['mean', 'std', 'min', 'max', 'rms', 'skewness', 'kurtosis'].map((measure) => `${measure}_value`),
    );
    expect(payload['mean_value']).toBe(1.5);
    // An estimated rate wanders: the recipe stays the same.
    expect(features.run(window(['value'], 3.34)).recipe.digest).toBe(recipe.digest);
  });

  it('are of every channel where a block names none, also when the channels change', () => {
    const features = createFeatures({
      blocks: [{ type: 'statistics', channels: [], measures: ['max'], detrend: 'none' }],
    });
    expect(Object.keys(features.run(window(['a', 'b'])).payload)).toEqual(['max_a', 'max_b']);
    expect(Object.keys(features.run(window(['c'])).payload)).toEqual(['max_c']);
  });

  it('cannot be those of a model without a recipe', () => {
    expect(() => createFeatures({ model: { name: 'bare', recipe: undefined } })).toThrowError(
      expect.objectContaining({ code: 'RECIPE_MISSING', message: 'the model "bare" has no recipe' }) as Error,
    );
  });
});

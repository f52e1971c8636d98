import { describe, expect, it } from 'vitest';
import { type Block, explainRecipe, prepareRecipe } from '../../../runtime/signal/index.ts';
import { recipeOf, wavy, windowOf } from './support.ts';

const window = windowOf({ x: wavy(1000), y: wavy(1000, 2) }, 100, 1_700_000_000_000);
const low: Block = {
  type: 'filter',
  channels: ['x'],
  pass: 'low',
  cutoffs: [5],
  order: 4,
  state: 'carry',
  start: 'rest',
};
const statistics: Block = { type: 'statistics', channels: ['x', 'y'], measures: ['rms', 'max'], detrend: 'none' };
const bands: Block = { type: 'bands', channels: ['y'], edges: [0, 10, 50] };

describe('the explanation of a recipe', () => {
  const recipe = recipeOf([low, statistics, bands], window);
  const explained = explainRecipe(recipe, window);

  it('gives the features that the recipe gives, to the byte', () => {
    const prepared = prepareRecipe(recipe);
    const features = explained.blocks.flatMap(({ features }) => features);
    expect(features.map(({ name }) => name)).toEqual(prepared.featureNames);
    expect(Float64Array.from(features, ({ value }) => value)).toEqual(prepared.run(window));
    expect(explained.digest).toBe(prepared.digest);
  });

  it('shows the window, what a filter makes of it, and spectra, in as many points as a chart has', () => {
    const [filtered, , spectrum] = explained.blocks;
    expect(explained.window).toMatchObject({ rate: 100, length: 1000, every: 4 });
    expect(explained.window.channels.map(({ name, values }) => [name, values.length])).toEqual([
      ['x', 250],
      ['y', 250],
    ]);
    expect(filtered?.changed?.map(({ name }) => name)).toEqual(['x']);
    expect(filtered?.changed?.[0]?.values).not.toEqual(explained.window.channels[0]?.values);
    expect(spectrum?.picture).toMatchObject({ unit: 'Hz' });
    expect(spectrum?.picture?.curves.map(({ name }) => name)).toEqual(['y']);
    expect(spectrum?.picture?.axis.length).toBe(spectrum?.picture?.curves[0]?.values.length);
  });

  it('says what each block costs on this machine', () => {
    for (const { micros, bytes } of explained.blocks) {
      expect(micros).toBeGreaterThan(0);
      expect(bytes).toBeGreaterThan(0);
    }
    expect(explained.bytes).toBe(explained.blocks.reduce((sum, { bytes }) => sum + bytes, 0));
  });

  it('works while there is no block yet that makes features', () => {
    expect(() => prepareRecipe(recipeOf([low], window))).toThrow(expect.objectContaining({ code: 'RECIPE_INVALID' }));
    expect(explainRecipe(recipeOf([low], window), window).blocks).toHaveLength(1);
  });
});

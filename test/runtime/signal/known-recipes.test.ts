import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createFeatures, prepareRecipe, signal } from '../../../runtime/signal/index.ts';

const recipe = (length: number) => ({
  ...{ channels: ['x'], rate: 100, length, stride: length },
  blocks: [{ type: 'statistics' as const, channels: ['x'], measures: ['rms' as const], detrend: 'none' as const }],
});

it('gives the recipe back to whoever meets its digest on a message', () => {
  const features = createFeatures({ blocks: recipe(8).blocks });
  const data = new Float32Array(8).fill(1);
  const { recipe: prepared } = features.run({ channels: ['x'], rate: 100, start: 0, data, shape: [8, 1] });
  expect(signal.knownRecipe(prepared.digest)).toEqual(prepared.recipe);
  expect(signal.knownRecipe('no such digest')).toBeUndefined();
});

it('gives the text of which the digest is made', () => {
  const { digest } = prepareRecipe(recipe(16));
  const text = signal.knownRecipeText(digest) ?? '';
  expect(digest).toContain(createHash('sha256').update(text).digest('hex'));
});

it('forgets what was not used for longest, and never more than it must', () => {
  const [kept, forgotten] = [prepareRecipe(recipe(20)).digest, prepareRecipe(recipe(21)).digest];
  for (let length = 100; length < 199; length++) {
    prepareRecipe(recipe(length));
    signal.knownRecipe(kept);
  }
  expect(signal.knownRecipe(kept)).toBeDefined();
  expect(signal.knownRecipe(forgotten)).toBeUndefined();
  expect(signal.knownRecipe(prepareRecipe(recipe(150)).digest)).toBeDefined();
});

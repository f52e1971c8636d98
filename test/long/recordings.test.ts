import { expect, it } from 'vitest';
import { recordAndReplay } from '../runtime/datasets/support.ts';

it('a million samples, recorded and replayed in virtual time, are identical, timing included', async () => {
  expect(await recordAndReplay(1_000_000)).toEqual({ count: 1_000_000, wrong: [] });
});

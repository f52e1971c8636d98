import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { asTrainingError } from '../../../../runtime/training/index.ts';
import { twoKinds, workplace } from './support.ts';

// Too little for these rows: read where the limit is named.
vi.hoisted(() => {
  process.env['MILLRACE_LIMIT_TRAINING_HEAP_MEGABYTES'] = '12';
});

it('a training that runs out of memory ends alone, says so, and leaves nothing', { timeout: 60_000 }, async () => {
  await using place = await workplace();
  await place.fill('many', twoKinds(4000, 20));
  const training = await place.learning.train({
    dataSet: 'many',
    model: 'many',
    choices: { trainer: 'random-forest' },
  });
  const { state, error } = await training.ended;
  expect({ state, code: error?.code }).toEqual({ state: 'failed', code: 'TRAINING_ENDED' });
  expect(error?.message).toMatch(/it ran out of memory$/);
  expect(error?.hint).toContain('MILLRACE_LIMIT_TRAINING_HEAP_MEGABYTES');
  expect(await place.models.list()).toEqual([]);
  expect(await readdir(join(place.directory, 'learning/staging'))).toEqual([]);
});

it('memory beside the heap that is not to be had is said as such', () => {
  const error = new RangeError('Array buffer allocation failed');
  expect(asTrainingError(error)).toMatchObject({ code: 'TRAINING_ENDED', title: 'training ended' });
  expect(asTrainingError(error).message).toMatch(/it ran out of memory$/);
});

import { expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createDrift, createMonitor } from '../../../../runtime/drift/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';
import { models } from './support.ts';

const random = seededRandom(1);
const WIDTH = 60;
const names = Array.from({ length: WIDTH }, (_, index) => `f${index}`);
const row = () => Float64Array.from({ length: WIDTH }, () => random() + random());

it('lets others have their turn while a long reference is made ready', async () => {
  const pump = await models.resolve('pump-health');
  const reference = { names, rows: Array.from({ length: 4000 }, row) };
  const drift = createDrift({
    models: { resolve: async () => ({ ...pump, digest: 'wide', reference }) },
    clock: systemClock,
  });
  const watch = drift.watch();
  let turns = 0;
  let done = false;
  const turn = () => {
    turns++;
    if (!done) setImmediate(turn);
  };
  setImmediate(turn);
  const message = { payload: row(), model: { name: 'wide', version: '1.0.0', digest: 'wide' } };
  await watch.observe(message);
  done = true;
  // It is work of a few hundred milliseconds, in pieces of a few.
  expect(turns).toBeGreaterThan(5);
});

it('learns a wide reference from the stream all the same, a few rows later', () => {
  const monitor = createMonitor({ learn: 1000, names });
  for (let i = 0; i < 1000; i++) monitor.observe(row(), 100 * i);
  const before = monitor.save();
  // A process that ends meanwhile goes on from what was learned.
  for (const each of [monitor, createMonitor({ learn: 1000, names, saved: before })]) {
    for (let i = 1000; i < 2000; i++) each.observe(row(), 100 * i);
    expect(each.summary).toMatchObject({ state: 'calm', samples: 30 });
    expect(each.summary.features).toHaveLength(WIDTH + 1);
  }
});

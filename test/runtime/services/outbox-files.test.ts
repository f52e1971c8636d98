import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createServices } from '../../../runtime/services/index.ts';
import { until } from '../../support/node-red.ts';

let userDir: string;
beforeEach(async () => (userDir = await mkdtemp(join(tmpdir(), 'millrace-services-'))));
afterEach(() => rm(userDir, { recursive: true, force: true }));

it('keeps the table of a target where its path says: in the user directory, not among what Millrace keeps for itself', async () => {
  const services = await createServices({ directory: join(userDir, 'millrace'), models: [] });
  const destination = services.outbox.destination('table', { type: 'sqlite', file: 'cloud.sqlite', table: 'messages' });
  destination.start?.();
  await destination.put('readings', { payload: 21.5 });
  await until(() => destination.state().sent === 1, 'the delivery');
  await destination.close();
  await services.close();
  expect(await readdir(userDir)).toContain('cloud.sqlite');
});

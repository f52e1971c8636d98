import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { outboxIn, temporaryDirectory } from '../support.ts';

it('tells whoever listens that a receiver’s damaged file was set aside', async () => {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, 'cloud.sqlite'), 'this is no database');
  const outbox = outboxIn(join(directory, 'outbox'));
  const warnings: string[] = [];
  const destination = outbox.destination('table', { type: 'sqlite' });
  outbox.onWarning(({ code, message }) => warnings.push(`${code} ${message}`), 'table');
  await destination.put('s', { payload: 1 });
  await expect.poll(() => destination.state().depth, { timeout: 60_000 }).toBe(0);
  expect(warnings).toEqual([expect.stringMatching(/^STORE_QUARANTINED .*cloud\.sqlite was damaged/)]);
});

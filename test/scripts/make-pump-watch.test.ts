import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPackage } from '../../runtime/models/package/index.ts';
import { openRegistry } from '../../runtime/models/registry/index.ts';
import { makePumpWatch } from '../../scripts/make-pump-watch.ts';

const SHIPPED = join(import.meta.dirname, '../../flows/drift/models');

it('the versions of pump-watch that ship are what their script makes', { timeout: 120_000 }, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-watch-'));
  try {
    for (const { pkg } of await makePumpWatch(directory)) {
      expect(pkg.manifest.metrics?.accuracy).toBeGreaterThan(0.98);
      expect((await readPackage(join(SHIPPED, 'pump-watch', pkg.manifest.version))).digest).toBe(pkg.digest);
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

it('begins with the version that knows some minutes only', async () => {
  const registry = openRegistry({ layers: [SHIPPED], directory: join(tmpdir(), 'millrace-nowhere') });
  expect((await registry.resolve('pump-watch@production')).manifest.version).toBe('1.0.0');
  expect((await registry.resolve('pump-watch')).manifest.version).toBe('1.1.0');
  await registry.close();
});

import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createVerifiedFiles } from '../../../../runtime/rollout/deploy/verified-files.ts';
import { sha256 } from '../../../support/bundles.ts';

it('reads a file once while it looks the same, and anew after it was told to forget', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-verified-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'model');
  const write = async (text: string, time: number) => {
    await writeFile(file, text);
    await utimes(file, time, time);
  };
  const verified = createVerifiedFiles();
  const wanted = sha256(Buffer.from('weights'));
  expect(await verified.isWhole(file, wanted)).toBe(false);

  await write('weights', 1_000);
  expect(await verified.isWhole(file, wanted)).toBe(true);
  expect(await verified.isWhole(file, sha256(Buffer.from('others')))).toBe(false);
  // As a disk spoils it: only who reads it knows.
  await write('weighed', 1_000);
  expect(await verified.isWhole(file, wanted)).toBe(true);
  verified.forget();
  expect(await verified.isWhole(file, wanted)).toBe(false);

  await write('weights', 1_000);
  expect(await verified.isWhole(file, wanted)).toBe(true);
  await write('weighed', 2_000);
  expect(await verified.isWhole(file, wanted)).toBe(false);
});

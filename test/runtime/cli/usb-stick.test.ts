/** Keys on a file system without links and modes, such as FAT. */
import type * as promises from 'node:fs/promises';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { writeSignedFile } from '../../../runtime/cli/signed-file.ts';
import { makeSigningKey, readOrMakeSecret, readSigningKey } from '../../../runtime/keys/index.ts';

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof promises>();
  const refuse = () => Promise.reject(Object.assign(new Error('operation not permitted'), { code: 'EPERM' }));
  const open = (file: string, flags: string, mode?: number) =>
    real.open(file, flags, mode === undefined ? undefined : 0o755);
  return { ...real, open, link: refuse, chmod: refuse };
});

it('makes a key and a root on a stick, and never over another', async () => {
  const stick = await mkdtemp(join(tmpdir(), 'millrace-stick-'));
  onTestFinished(() => rm(stick, { recursive: true, force: true }));
  const [file, root] = [join(stick, 'my.key'), join(stick, 'root.json')];
  const made = await makeSigningKey(file);
  expect((await readSigningKey(file)).id).toBe(made.id);
  await expect(makeSigningKey(file)).rejects.toMatchObject({ code: 'SIGNING_KEY_EXISTS' });
  expect((await readSigningKey(file)).id).toBe(made.id);

  const secret = await readOrMakeSecret(join(stick, 'secret'));
  expect(await readOrMakeSecret(join(stick, 'secret'))).toBe(secret);

  await writeSignedFile(root, 'first', 'keep');
  await expect(writeSignedFile(root, 'second', 'keep')).rejects.toMatchObject({ code: 'SIGNED_FILE_NOT_WRITTEN' });
  expect(await readFile(root, 'utf8')).toBe('first');
  expect((await readdir(stick)).sort()).toEqual(['my.key', 'root.json', 'secret']);
});

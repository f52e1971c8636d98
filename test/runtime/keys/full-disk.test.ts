/** Files of the keys' room on a disk that takes no more. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type * as promises from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { writeDurably, writeSecretFile } from '../../../runtime/keys/index.ts';

const disk = vi.hoisted(() => ({ full: false }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof promises>();
  return {
    ...real,
    async open(...args: Parameters<typeof promises.open>): Promise<FileHandle> {
      const handle = await real.open(...args);
      const refuse = () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
      return disk.full ? Object.assign(handle, { writeFile: refuse }) : handle;
    },
  };
});

it('leave the one before, and nothing else', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-full-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const [secret, status] = [join(directory, 'secret'), join(directory, 'status.json')];
  await writeSecretFile(secret, 'before');
  await writeDurably(status, 'before');
  disk.full = true;
  await expect(writeSecretFile(secret, 'after')).rejects.toMatchObject({ code: 'KEY_FILE_UNREADABLE' });
  await expect(writeDurably(status, 'after')).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(await readdir(directory)).toEqual(['secret', 'status.json']);
  expect(await readFile(secret, 'utf8')).toBe('before');
  expect(await readFile(status, 'utf8')).toBe('before');
});

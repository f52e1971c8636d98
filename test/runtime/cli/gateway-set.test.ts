import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readSettingsFile, readSigningKey, settingsFile, unseal } from '../../../runtime/keys/index.ts';
import { millraceHere } from '../../support/command.ts';

it('keeps what is set on a device sealed with its key, so that only the device reads it', async () => {
  const userDir = await mkdtemp(join(tmpdir(), 'millrace-set-'));
  onTestFinished(() => rm(userDir, { recursive: true, force: true }));
  const given = (args: readonly string[]) => ['gateway', 'set', ...args, '--user-dir', userDir];
  const set = async (args: readonly string[], input: string) => (await millraceHere(given(args), { input })).code;
  expect(await set(['CLOUD_PASSWORD'], 'red herring\n')).toBe(0);
  const file = settingsFile(userDir);
  expect(await readFile(file, 'utf8')).not.toContain('herring');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const key = await readSigningKey(join(userDir, 'gateway', 'device.key'));
  const read = () => readSettingsFile(file, (sealed, name) => unseal(key, sealed, name));
  expect([...(await read())]).toEqual([['CLOUD_PASSWORD', 'red herring']]);
  expect((await millraceHere(given(['CLOUD_PASSWORD', '--remove']))).code).toBe(0);
  expect((await read()).size).toBe(0);
  expect(await set(['no name'], 'x\n')).toBe(1);
  // Such as of a pipe that failed.
  expect(await set(['CLOUD_PASSWORD'], '')).toBe(2);
  expect((await read()).size).toBe(0);
});

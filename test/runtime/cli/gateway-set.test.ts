import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readSettingsFile, readSigningKey, settingsFile, unseal } from '../../../runtime/keys/index.ts';

const main = resolve(import.meta.dirname, '../../../runtime/cli/main.ts');

it('keeps what is set on a device sealed with its key, so that only the device reads it', async () => {
  const userDir = await mkdtemp(join(tmpdir(), 'millrace-set-'));
  onTestFinished(() => rm(userDir, { recursive: true, force: true }));
  const set = (args: readonly string[], input = '') => {
    const child = spawn(process.execPath, [main, 'gateway', 'set', ...args, '--user-dir', userDir]);
    child.stdin.end(input);
    return new Promise<number | null>((done) => child.on('close', done));
  };
  expect(await set(['CLOUD_PASSWORD'], 'red herring\n')).toBe(0);
  const file = settingsFile(userDir);
  expect(await readFile(file, 'utf8')).not.toContain('herring');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const key = await readSigningKey(join(userDir, 'gateway', 'device.key'));
  const read = () => readSettingsFile(file, (sealed, name) => unseal(key, sealed, name));
  expect([...(await read())]).toEqual([['CLOUD_PASSWORD', 'red herring']]);
  expect(await set(['CLOUD_PASSWORD', '--remove'])).toBe(0);
  expect((await read()).size).toBe(0);
  expect(await set(['no name'], 'x\n')).toBe(1);
}, 60_000);

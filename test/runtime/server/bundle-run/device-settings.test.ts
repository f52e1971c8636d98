import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BundleSetting } from '../../../../runtime/bundle/index.ts';
import { makeSigningKey, seal, settingsFile, writeSetting } from '../../../../runtime/keys/index.ts';
import { deviceSettings } from '../../../../runtime/server/bundle-run/device-settings.ts';
import type { Log } from '../../../../runtime/server/log.ts';

const WANTED: readonly BundleSetting[] = [
  { name: 'BROKER', secret: false, use: 'address of the target "cloud"' },
  {
    ...{ name: 'CLOUD_PASSWORD', secret: true, use: 'password of the target "cloud"' },
    credential: { node: 'cloud', field: 'password' },
  },
];

let userDir: string;
let reported: unknown[];
beforeEach(async () => {
  userDir = await mkdtemp(join(tmpdir(), 'millrace-test-'));
  reported = [];
});
afterEach(() => rm(userDir, { recursive: true, force: true }));
const log: Log = {
  ...{ info: () => undefined, warn: () => undefined, error: () => undefined },
  report: (_level, error) => void reported.push(error),
};
const read = (environment: Record<string, string> = {}) => deviceSettings(WANTED, { userDir, environment, log });

describe('what a bundle leaves to the device', () => {
  it('is read from the settings file; a secret goes to its node only', async () => {
    await writeFile(settingsFile(userDir), '# ours\n\nBROKER="mqtt://here"\nexport CLOUD_PASSWORD=opens=sesame\n');
    expect(await read()).toEqual({
      environment: { BROKER: 'mqtt://here' },
      credentials: { cloud: { password: 'opens=sesame' } },
    });
  });

  it('is taken from the environment before the file', async () => {
    await writeFile(settingsFile(userDir), 'BROKER=file\nCLOUD_PASSWORD=file');
    expect((await read({ BROKER: 'environment' })).environment).toEqual({ BROKER: 'environment' });
  });

  it('opens what was sealed with the key of this device, and with no other', async () => {
    await mkdir(join(userDir, 'gateway'));
    const key = await makeSigningKey(join(userDir, 'gateway', 'device.key'));
    await writeFile(settingsFile(userDir), '# kept\nBROKER=b\nCLOUD_PASSWORD=old\n');
    await writeSetting(settingsFile(userDir), 'CLOUD_PASSWORD', 'quiet', (text, name) => seal(key, text, name));
    expect((await read()).credentials).toEqual({ cloud: { password: 'quiet' } });

    await rm(join(userDir, 'gateway', 'device.key'));
    await makeSigningKey(join(userDir, 'gateway', 'device.key'));
    await expect(read()).rejects.toMatchObject({ code: 'SEALED_NOT_OPENED' });
  });

  it('is asked for all at once, each with what it is for', async () => {
    await expect(read()).rejects.toMatchObject({
      code: 'BUNDLE_SETTINGS_MISSING',
      message:
        '2 settings are missing on this device: BROKER (address of the target "cloud"), CLOUD_PASSWORD (password of the target "cloud")',
    });
  });

  it('is not looked for elsewhere where the file that was named is not there', async () => {
    await writeFile(settingsFile(userDir), 'BROKER=a\nCLOUD_PASSWORD=b\n');
    const file = join(userDir, 'nix');
    await expect(deviceSettings(WANTED, { userDir, file, environment: {}, log })).rejects.toMatchObject({
      code: 'SETTINGS_FILE_MISSING',
      message: expect.stringContaining(file) as string,
    });
  });

  it('goes on past a line that is none and tells of it; what that line took away is named as missing', async () => {
    await writeFile(settingsFile(userDir), 'BROKER=a\nwhat is this\nCLOUD_PASSWORD=b\n');
    expect((await read()).environment).toEqual({ BROKER: 'a' });
    expect(reported).toMatchObject([
      { code: 'SETTINGS_FILE_DAMAGED', message: expect.stringMatching(/^line 2 /) as string },
    ]);

    await writeFile(settingsFile(userDir), 'BROKER=a\nCLOUD_PASSWORD b\n');
    await expect(read()).rejects.toMatchObject({
      code: 'BUNDLE_SETTINGS_MISSING',
      message: expect.stringMatching(/CLOUD_PASSWORD/) as string,
    });
  });

  it.skipIf(process.platform === 'win32')('is closed to others', async () => {
    await writeFile(settingsFile(userDir), 'BROKER=a\nCLOUD_PASSWORD=b\n', { mode: 0o644 });
    await read();
    expect((await stat(settingsFile(userDir))).mode & 0o777).toBe(0o600);
  });
});

/** Root beside a gateway that is another user's. */
import { chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { gatewayDeploy } from '../../../runtime/cli/gateway-deploy.ts';
import { gatewayPair } from '../../../runtime/cli/gateway-pair.ts';
import { gatewaySet } from '../../../runtime/cli/gateway-set.ts';
import { startGatewayCommand } from '../../../runtime/cli/gateway-start.ts';
import { gatewayTrust } from '../../../runtime/cli/gateway-trust.ts';
import { lendFile } from '../../../runtime/cli/lend-file.ts';
import { makeRoot } from '../../../runtime/keys/index.ts';
import { newKey, rootOf } from '../../support/bundles.ts';

const OWNER = 65_534;

const terminal = { colour: false, resultColour: false, result: () => undefined, progress: () => undefined };

/** A user directory whose gateway is another user's. */
async function folder(): Promise<string> {
  const userDir = await mkdtemp(join(tmpdir(), 'millrace-owned-'));
  onTestFinished(() => rm(userDir, { recursive: true, force: true }));
  await mkdir(join(userDir, 'gateway'), { mode: 0o700 });
  for (const one of [userDir, join(userDir, 'gateway')]) await chown(one, OWNER, OWNER);
  return userDir;
}

describe.skipIf(process.getuid?.() !== 0)('root', () => {
  it('does not start a gateway unless that is meant', async () => {
    const userDir = await folder();
    await expect(startGatewayCommand({ userDir }, terminal)).rejects.toMatchObject({ code: 'ROOT_REFUSED' });
    expect(await readdir(join(userDir, 'gateway'))).toEqual([]);
  });

  it('leaves no files in the folder of another user’s gateway, and is told what to type', async () => {
    const userDir = await folder();
    const key = newKey();
    const { version, expires, roles } = rootOf([key]);
    const root = join(userDir, 'root-of-trust.json');
    await writeFile(root, JSON.stringify(makeRoot({ version, expires, roles }, [key])));
    for (const [typed, work] of [
      [`trust ${root}`, () => gatewayTrust([root], { userDir }, terminal)],
      ['set CLOUD_PASSWORD', () => gatewaySet('CLOUD_PASSWORD', { userDir }, terminal)],
      ['pair CODE', () => gatewayPair('CODE', { userDir }, terminal)],
      ['deploy pump.mrb', () => gatewayDeploy('pump.mrb', { userDir, wait: true }, terminal)],
    ] as const) {
      await expect(work()).rejects.toMatchObject({
        code: 'GATEWAY_OF_ANOTHER',
        hint: expect.stringMatching(
          new RegExp(`sudo -u \\S+ millrace gateway ${typed} --user-dir ${userDir}$`),
        ) as string,
      });
    }
    expect(await readdir(userDir)).toEqual(['gateway', 'root-of-trust.json']);
    expect(await readdir(join(userDir, 'gateway'))).toEqual([]);
    // Its own is its own.
    for (const one of [userDir, join(userDir, 'gateway')]) await chown(one, 0, 0);
    await gatewayTrust([root], { userDir }, terminal);
    expect(await readdir(join(userDir, 'gateway'))).toEqual(['root.json']);
  });

  it('lends the gateway a file that its user may read, and takes it back', async () => {
    const userDir = await folder();
    const file = join(userDir, 'stick.mrb');
    await writeFile(file, 'a bundle', { mode: 0o400 });
    const lent = await lendFile(file, userDir, async (copy) => {
      const { uid, gid, mode } = await stat(copy);
      expect({ uid, gid, mode: mode & 0o777 }).toEqual({ uid: OWNER, gid: OWNER, mode: 0o600 });
      return await readFile(copy, 'utf8');
    });
    expect(lent).toBe('a bundle');
    expect(await readdir(join(userDir, 'gateway'))).toEqual([]);
  });
});

import { chmod, cp, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { removeBundle, unpackBundle } from '../../../runtime/bundle/index.ts';
import { unpackedBundle } from '../../../runtime/cli/unpacked-bundle.ts';
import { ROOT_TYPE, signEnvelope, type SigningKey } from '../../../runtime/keys/index.ts';
import { bundleOf, mrb, newKey, rootOf, signed } from '../../support/bundles.ts';

async function scratch(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-unpacked-'));
  onTestFinished(() => removeBundle(directory));
  return directory;
}

/** Whom a device trusts, in a file. */
async function rootFile(key: SigningKey): Promise<string> {
  const file = join(await scratch(), 'root.json');
  await writeFile(file, JSON.stringify(signEnvelope(ROOT_TYPE, Buffer.from(JSON.stringify(rootOf([key]))), [key])));
  return file;
}

const options = (userDir: string, root: string) => ({ ...{ userDir, root }, group: 'any', host: '127.0.0.1' });

describe('the bundle that a device was given to run', () => {
  it('goes on running once it was accepted, expired or signed by who may sign no more; nothing older does', async () => {
    const [directory, userDir, key] = [await scratch(), await scratch(), newKey()];
    const [root, anotherRoot] = [await rootFile(key), await rootFile(newKey())];
    const release = async (version: number) => {
      const file = join(directory, `${version}.mrb`);
      await writeFile(file, mrb(bundleOf(), signed(bundleOf(), [key], { version, expires: Date.now() + 1e9 })));
      return file;
    };
    const [first, second] = [await release(1), await release(2)];
    const place = await unpackedBundle(second, options(userDir, root));

    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2e9 });
    onTestFinished(() => void vi.useRealTimers());
    expect(await unpackedBundle(second, options(userDir, root))).toBe(place);
    expect(await unpackedBundle(second, options(userDir, anotherRoot))).toBe(place);
    const refused = (file: string, where: string, whom: string) =>
      expect(unpackedBundle(file, options(where, whom))).rejects;
    await refused(second, await scratch(), root).toMatchObject({ code: 'RELEASE_EXPIRED' });
    await refused(second, await scratch(), anotherRoot).toMatchObject({ code: 'SIGNER_UNKNOWN' });
    await refused(first, userDir, root).toMatchObject({ code: 'RELEASE_OLDER' });
  });

  it('is unpacked anew where it came as a folder: what lies installed there is nothing that somebody signed', async () => {
    const [directory, userDir, key] = [await scratch(), await scratch(), newKey()];
    const root = await rootFile(key);
    const file = join(directory, 'pump.mrb');
    await writeFile(file, mrb(bundleOf(), signed(bundleOf(), [key])));
    const folder = join(directory, 'pump');
    await unpackBundle(file, folder);
    await chmod(folder, 0o700);
    await mkdir(join(folder, 'node_modules', 'planted'), { recursive: true });

    const place = await unpackedBundle(folder, options(userDir, root));
    expect(place.startsWith(join(userDir, 'bundles'))).toBe(true);
    const own = (await readdir(folder)).filter((name) => name !== 'node_modules');
    expect((await readdir(place)).sort()).toEqual(own.sort());
    // A folder of somebody's own there stays.
    const kept = join(userDir, 'bundles', 'mine');
    await cp(folder, kept, { recursive: true });
    expect(await unpackedBundle(kept, options(userDir, root))).toBe(place);
    expect(await readdir(kept)).toContain('bundle.json');
  });
});

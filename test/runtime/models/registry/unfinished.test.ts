import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { sealPackage, writePackage } from '../../../../runtime/models/package/index.ts';
import { openRegistry, type Registry } from '../../../../runtime/models/registry/index.ts';
import { softmaxOnnx, tinyManifest } from '../../inference/tiny-model.ts';

let directory: string;
const opened: Registry[] = [];

/** @param meanwhile is done in place of each moment that the registry waits */
const open = (meanwhile?: () => Promise<unknown>): Registry => {
  const sleep = async (ms: number) => {
    if (meanwhile) await meanwhile();
    else await systemClock.sleep(ms);
  };
  const made = openRegistry({ layers: [], directory, follow: false, clock: { ...systemClock, sleep } });
  opened.push(made);
  return made;
};
const parts = (description: string) => ({
  manifest: { ...tinyManifest, name: 'fan', version: '1.0.0', description },
  onnx: softmaxOnnx(),
});
/** What lies there between the two steps of another process that stores it. */
const folderOnly = async (description: string): Promise<string> => {
  const { digest } = sealPackage(parts(description)).pkg;
  const folder = join(directory, 'versions', digest);
  await mkdir(join(directory, 'versions'), { recursive: true });
  await writePackage(`${folder}.partial-1`, parts(description));
  await rename(`${folder}.partial-1`, folder);
  return digest;
};
const leads = async (registry: Registry) => (await registry.aliases('fan')).map(({ digest }) => digest);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-test-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
  await rm(directory, { recursive: true, force: true });
});

describe('an alias to a version that another process is about to store', () => {
  it('waits until it is stored', async () => {
    const other = open();
    await other.list();
    const registry = open(() => other.put(parts('mine')));
    await registry.list();
    const digest = await folderOnly('mine');
    await registry.alias('fan', 'production', '1.0.0');
    expect(await leads(registry)).toEqual([digest]);
  });

  it('leads to the one that was there first, where the other is refused', async () => {
    const registry = open();
    const { digest } = await registry.put(parts('first'));
    await folderOnly('second');
    await registry.alias('fan', 'production', '1.0.0');
    expect(await leads(registry)).toEqual([digest]);
  });

  it('says that there is none, where it goes again', async () => {
    const registry = open(() => rm(join(directory, 'versions'), { recursive: true }));
    await registry.list();
    await folderOnly('refused');
    await expect(registry.alias('fan', 'production', '1.0.0')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });

  it('enters it, where its process has ended in between', async () => {
    const registry = open(async () => {});
    await registry.list();
    const digest = await folderOnly('left');
    await registry.alias('fan', 'production', '1.0.0');
    expect(await leads(registry)).toEqual([digest]);
    expect(await readdir(join(directory, 'versions'))).toEqual([digest]);
    expect((await open().list()).map(({ error, version }) => ({ error, version }))).toEqual([{ version: '1.0.0' }]);
  });
});

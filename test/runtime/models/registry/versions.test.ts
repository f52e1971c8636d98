import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePackage } from '../../../../runtime/models/package/index.ts';
import { openRegistry, type Registry, toModelRows } from '../../../../runtime/models/registry/index.ts';
import { softmaxOnnx, tinyManifest } from '../../inference/tiny-model.ts';

let root: string;
let shipped: string;
let own: string;
let registry: Registry;
const opened: Registry[] = [];

const open = (): Registry => {
  const made = openRegistry({ layers: [shipped], directory: own });
  opened.push(made);
  return made;
};
const parts = (version: string, description = '', name = 'fan') => ({
  manifest: { ...tinyManifest, name, version, description },
  onnx: softmaxOnnx(),
});
const indexExists = () =>
  stat(join(own, 'index.sqlite')).then(
    () => true,
    () => false,
  );
const versionFolder = async (reference: string) => (await registry.find(reference)).directory;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-test-'));
  shipped = join(root, 'shipped');
  own = join(root, 'own');
  await writePackage(join(shipped, 'pump'), parts('1.0.0', 'shipped', 'pump'));
  registry = open();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
  await rm(root, { recursive: true, force: true });
});

describe('versions', () => {
  it('are kept in folders named by their digest, and found by version and digest', async () => {
    const first = await registry.put(parts('1.0.0'), { note: 'from the workshop' });
    const second = await registry.put(parts('1.1.0'));
    expect(await readdir(join(own, 'versions'))).toEqual([first.digest, second.digest].sort());
    expect((await registry.resolve('fan')).manifest.version).toBe('1.1.0');
    expect((await registry.resolve(`fan@${first.digest?.slice(0, 8) ?? ''}`)).manifest.version).toBe('1.0.0');
    const again = open();
    const [row] = toModelRows(await again.list());
    expect(row?.versions).toMatchObject([
      { version: '1.1.0', origin: 'own', task: 'classification' },
      { version: '1.0.0', note: 'from the workshop', added: expect.any(Number) as number },
    ]);
  });

  it('never change: the same bytes again are welcome, others are refused with a version that is free', async () => {
    const first = await registry.put(parts('1.0.0'));
    expect((await registry.put(parts('1.0.0'))).digest).toBe(first.digest);
    await expect(registry.put(parts('1.0.0', 'retrained'))).rejects.toMatchObject({
      code: 'VERSION_TAKEN',
      hint: expect.stringContaining('1.0.1') as string,
    });
    await expect(registry.put(parts('1.0.0', 'another', 'pump'))).rejects.toMatchObject({ code: 'VERSION_TAKEN' });
    await expect(registry.put(parts('newest'))).rejects.toMatchObject({ code: 'VERSION_INVALID' });
    expect(await readdir(join(own, 'versions'))).toEqual([first.digest]);
    expect(await registry.nextVersion('fan')).toBe('1.0.1');
    expect(await registry.nextVersion('mill')).toBe('1.0.0');
  });

  it('are taken from a folder to the byte, with what this Millrace does not know of', async () => {
    const folder = join(root, 'given');
    await writePackage(folder, parts('1.0.0'));
    const json = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as object;
    await writeFile(join(folder, 'model.json'), JSON.stringify({ ...json, future: 1 }));
    const { digest, directory } = await registry.put(folder);
    expect(digest).not.toBe((await registry.put(parts('2.0.0'))).digest);
    expect(await readFile(join(directory, 'model.json'))).toEqual(await readFile(join(folder, 'model.json')));
  });

  it('can be removed, but not while an alias points to them, nor where they ship', async () => {
    await registry.put(parts('1.0.0'));
    await registry.alias('fan', 'production', '1.0.0');
    await expect(registry.remove('fan', '1.0.0')).rejects.toMatchObject({
      code: 'VERSION_ALIASED',
      message: 'fan@1.0.0 is "production"',
    });
    await registry.alias('fan', 'production', undefined);
    await registry.remove('fan', '1.0.0');
    await expect(registry.resolve('fan')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    expect(await readdir(join(own, 'versions'))).toEqual([]);
    await expect(registry.remove('pump', '1.0.0')).rejects.toMatchObject({ code: 'VERSION_SHIPPED' });
    await writePackage(join(own, 'by-hand'), parts('1.0.0', '', 'by-hand'));
    await registry.remove('by-hand', '1.0.0');
    expect(await readdir(own)).not.toContain('by-hand');
  });

  it('carry a note, also where they ship, which can be taken away', async () => {
    await registry.note('pump', '1.0.0', 'as delivered');
    expect((await registry.find('pump')).note).toBe('as delivered');
    await registry.note('pump', '1.0.0', '');
    expect((await registry.find('pump')).note).toBeUndefined();
  });

  it('keep what was measured of them on this machine', async () => {
    const facts = { tier: 'compiled', why: 'it is fastest', microseconds: { compiled: 1.5, native: 9 }, measured: 1 };
    const { digest = '' } = await registry.find('pump');
    expect(await registry.facts(digest)).toBeUndefined();
    await registry.keepFacts(digest, facts);
    expect(await open().facts(digest)).toEqual(facts);
  });
});

describe('aliases', () => {
  it('move at once, remember where they were, and lead on from each other', async () => {
    await registry.put(parts('1.0.0'));
    await registry.put(parts('1.1.0'));
    await registry.alias('fan', 'production', '1.0.0');
    await registry.alias('fan', 'candidate', '1.1.0');
    expect((await registry.resolve('fan@production')).manifest.version).toBe('1.0.0');
    await registry.alias('fan', 'production', 'candidate');
    expect((await open().resolve('fan@production')).manifest.version).toBe('1.1.0');
    expect((await registry.find('fan@1.1.0')).aliases).toEqual(['candidate', 'production']);
    expect((await registry.moves('fan', 'production')).map(({ version }) => version)).toEqual(['1.1.0', '1.0.0']);
  });

  it.each(['1.0.0', 'Production', 'latest', '', 'deadbeef', 'a b'])('cannot be called "%s"', async (alias) => {
    await expect(registry.alias('pump', alias, '1.0.0')).rejects.toMatchObject({ code: 'ALIAS_INVALID' });
  });

  it('point only to what is there, and say so where it has gone', async () => {
    await expect(registry.alias('pump', 'production', '2.0.0')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    await registry.alias('pump', 'production', '1.0.0');
    await writePackage(join(shipped, 'pump'), parts('1.1.0', 'upgraded', 'pump'));
    await expect(registry.resolve('pump@production')).rejects.toMatchObject({ code: 'ALIAS_DANGLING' });
  });

  it('may ship with packages, and are hidden by those of this machine', async () => {
    await writePackage(join(shipped, 'pump-2'), parts('2.0.0', '', 'pump'));
    await writeFile(join(shipped, 'aliases.json'), JSON.stringify({ pump: { production: '1.0.0' } }));
    expect((await registry.resolve('pump@production')).manifest.version).toBe('1.0.0');
    expect(await indexExists()).toBe(false);
    await registry.alias('pump', 'production', '2.0.0');
    expect((await registry.resolve('pump@production')).manifest.version).toBe('2.0.0');
    await writeFile(join(shipped, 'aliases.json'), '{"pump": 1}');
    await expect(registry.resolve('pump@candidate')).rejects.toMatchObject({ code: 'ALIASES_INVALID' });
    expect(await registry.list()).toHaveLength(2);
  });

  it('are among what there is when a model is not found, the nearest name first', async () => {
    await registry.put(parts('1.0.0'));
    await registry.alias('pump', 'production', '1.0.0');
    await expect(registry.resolve('pump@prodction')).rejects.toMatchObject({
      message: 'no model "pump@prodction": there is pump@production, pump@1.0.0, fan@1.0.0',
    });
  });
});

describe('the index', () => {
  it('is not opened by what only resolves versions', async () => {
    await registry.resolve('');
    await registry.resolve('pump@1.0.0');
    await registry.list();
    const unlisten = registry.onChange(() => undefined);
    unlisten();
    expect(await indexExists()).toBe(false);
  });

  it('can be lost: versions are adopted again', async () => {
    await registry.put(parts('1.0.0'));
    await registry.close();
    for (const name of await readdir(own)) {
      if (name.startsWith('index')) await rm(join(own, name));
    }
    const again = open();
    expect((await again.resolve('fan@1.0.0')).manifest.name).toBe('fan');
    await again.alias('fan', 'production', '1.0.0');
    expect((await again.resolve('fan@production')).manifest.version).toBe('1.0.0');
  });

  it('says of a version whose files are gone that it is broken, and mends it when it comes again', async () => {
    await registry.put(parts('1.0.0'));
    await rename(await versionFolder('fan'), join(root, 'elsewhere'));
    expect((await registry.list()).find(({ name }) => name === 'fan')).toMatchObject({
      version: '1.0.0',
      error: { code: 'VERSION_DAMAGED' },
    });
    await expect(registry.resolve('fan@1.0.0')).rejects.toMatchObject({ code: 'VERSION_DAMAGED' });
    await registry.put(parts('1.0.0'));
    expect((await registry.resolve('fan@1.0.0')).manifest.name).toBe('fan');
  });

  it('mends files that were changed, and refuses a model.json that was', async () => {
    await registry.put(parts('1.0.0'));
    const folder = await versionFolder('fan');
    await writeFile(join(folder, 'model.onnx'), 'rotten');
    await expect(registry.resolve('fan')).rejects.toMatchObject({ code: 'PACKAGE_FILE_CHANGED' });
    await registry.put(parts('1.0.0'));
    expect((await registry.resolve('fan')).manifest.name).toBe('fan');
    const json = join(folder, 'model.json');
    await writeFile(json, (await readFile(json, 'utf8')).replace('"1.0.0"', '"6.0.0"'));
    await expect(registry.resolve('fan')).rejects.toMatchObject({ code: 'VERSION_DAMAGED' });
  });

  it('removes folders that nobody has finished, and none that somebody writes', async () => {
    const old = join(own, 'versions', 'abc.partial-1');
    const fresh = join(own, 'versions', 'abc.partial-2');
    await mkdir(old, { recursive: true });
    await mkdir(fresh);
    await utimes(old, new Date(0), new Date(0));
    await registry.put(parts('1.0.0'));
    const left = await readdir(join(own, 'versions'));
    expect(left).toContain('abc.partial-2');
    expect(left).not.toContain('abc.partial-1');
  });
});

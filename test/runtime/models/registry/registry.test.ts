import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePackage } from '../../../../runtime/models/package/index.ts';
import { openRegistry, type Registry } from '../../../../runtime/models/registry/index.ts';
import { softmaxOnnx, tinyManifest } from '../../inference/tiny-model.ts';

let root: string;
let shipped: string;
let own: string;
let registry: Registry;

const write = (layer: string, folder: string, name: string, version: string, description = '') =>
  writePackage(join(layer, folder), { manifest: { ...tinyManifest, name, version, description }, onnx: softmaxOnnx() });

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-test-'));
  shipped = join(root, 'shipped');
  own = join(root, 'own');
  registry = openRegistry({ layers: [shipped], directory: own });
  await write(shipped, 'pump-health', 'pump-health', '1.0.0');
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('the model registry', () => {
  it('finds the shipped example by an empty reference, also before anything else is there', async () => {
    expect((await registry.resolve('')).manifest.name).toBe('pump-health');
    await write(own, 'a-fan', 'a-fan', '1.0.0');
    expect((await registry.resolve('')).manifest.name).toBe('pump-health');
    // Other flows bring models along, too.
    await write(shipped, 'greenhouse-keeper', 'greenhouse-keeper', '1.0.0');
    expect((await registry.resolve('')).manifest.name).toBe('pump-health');
  });

  it('finds a model by name, newest version first, and by name and version', async () => {
    await write(own, 'fan/1.9.0', 'fan', '1.9.0');
    await write(own, 'fan/1.10.0', 'fan', '1.10.0');
    await write(own, 'fan/1.10.0-rc.1', 'fan', '1.10.0-rc.1');
    expect((await registry.resolve('fan')).manifest.version).toBe('1.10.0');
    expect((await registry.resolve('fan@1.9.0')).manifest.version).toBe('1.9.0');
    expect((await registry.resolve(' pump-health ')).manifest.version).toBe('1.0.0');
    const found = (await registry.list()).map(({ name, version, origin }) => `${name} ${version} ${origin}`);
    expect(found).toEqual(['fan 1.10.0 own', 'fan 1.10.0-rc.1 own', 'fan 1.9.0 own', 'pump-health 1.0.0 shipped']);
  });

  it("prefers the machine's own package to the shipped one of the same version", async () => {
    await write(own, 'pump-health', 'pump-health', '1.0.0', 'mine');
    expect((await registry.resolve('pump-health')).manifest.description).toBe('mine');
    expect(await registry.list()).toHaveLength(1);
  });

  it('says of a missing model what there is', async () => {
    await expect(registry.resolve('pump-helth')).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
      message: 'no model "pump-helth": there is pump-health@1.0.0',
    });
    await expect(registry.resolve('pump-health@2.0.0')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    const empty = openRegistry({ layers: [join(root, 'nowhere')], directory: join(root, 'neither') });
    expect(await empty.list()).toEqual([]);
    await expect(empty.resolve('')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });

  it('lists a broken package with its error and keeps serving the others', async () => {
    await write(own, 'fan', 'fan', '1.0.0');
    await writeFile(join(own, 'fan', 'model.onnx'), 'not what was packed');
    await mkdir(join(own, 'half'));
    await writeFile(join(own, 'half', 'model.json'), '{"format": 1, "na');
    const broken = (await registry.list()).filter(({ error }) => error);
    expect(broken.map(({ name, error }) => [name, error?.code])).toEqual([
      ['fan', 'PACKAGE_FILE_CHANGED'],
      ['half', 'PACKAGE_INVALID'],
    ]);
    await expect(registry.resolve('fan')).rejects.toMatchObject({ code: 'PACKAGE_FILE_CHANGED' });
    await expect(registry.resolve('half@1.0.0')).rejects.toMatchObject({ code: 'PACKAGE_INVALID' });
    expect((await registry.resolve('pump-health')).manifest.name).toBe('pump-health');
  });

  it('reads a package once, and again when it has changed', async () => {
    const [first, meanwhile] = await Promise.all([registry.resolve('pump-health'), registry.resolve('pump-health')]);
    expect(meanwhile).toBe(first);
    expect(await registry.resolve('pump-health')).toBe(first);
    await write(shipped, 'pump-health', 'pump-health', '1.0.0', 'retrained');
    const second = await registry.resolve('pump-health');
    expect(second.manifest.description).toBe('retrained');
    expect(second.digest).not.toBe(first.digest);
  });

  it('leaves out what is still being written', async () => {
    await cp(join(shipped, 'pump-health'), join(own, 'fan.partial-1234'), { recursive: true });
    expect(await registry.list()).toHaveLength(1);
  });
});

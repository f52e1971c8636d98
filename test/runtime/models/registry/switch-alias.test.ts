/** Aliases that are moved by control messages, as drift events send them to infer. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { writePackage } from '../../../../runtime/models/package/index.ts';
import { openRegistry, type Registry } from '../../../../runtime/models/registry/index.ts';
import { softmaxOnnx, tinyManifest } from '../../inference/tiny-model.ts';

let root: string;
let registry: Registry;
let time = Date.UTC(2026, 0, 1);
const clock = { ...systemClock, now: () => time };
const parts = (version: string) => ({ manifest: { ...tinyManifest, name: 'fan', version }, onnx: softmaxOnnx() });
const FOLLOWS = ['fan@production'];
const to = (target: string) => registry.switchAlias({ name: 'production', to: target }, FOLLOWS);
const production = async () => (await registry.find('fan@production')).version;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-test-'));
  const shipped = join(root, 'shipped');
  for (const version of ['1.0.0', '1.1.0', '1.2.0']) await writePackage(join(shipped, 'fan', version), parts(version));
  await writeFile(join(shipped, 'aliases.json'), '{"fan": {"production": "1.0.0"}}');
  registry = openRegistry({ layers: [shipped], directory: join(root, 'own'), clock });
});
afterEach(async () => {
  await registry.close();
  await rm(root, { recursive: true, force: true });
});

describe('a control message', () => {
  it('moves an alias to a version, to where another alias is, and back', async () => {
    expect(await to('1.1.0')).toEqual({ name: 'fan', alias: 'production', version: '1.1.0', moved: true });
    await registry.alias('fan', 'candidate', '1.2.0');
    expect(await to('candidate')).toMatchObject({ version: '1.2.0', moved: true });
    expect(await to('previous')).toMatchObject({ version: '1.1.0', moved: true });
    expect(await production()).toBe('1.1.0');
  });

  it('goes back to what ships where nothing of this machine came before', async () => {
    await to('1.1.0');
    expect(await to('previous')).toMatchObject({ version: '1.0.0', moved: true });
  });

  it('goes further back each time, and not to and fro', async () => {
    await to('1.1.0');
    await to('1.2.0');
    await to('previous');
    expect(await to('previous')).toMatchObject({ version: '1.0.0' });
    await expect(to('previous')).rejects.toMatchObject({
      code: 'ALIAS_NO_PREVIOUS',
      message: 'fan@production is 1.0.0 and has nothing left to go back to',
    });
    expect(await production()).toBe('1.0.0');
  });

  it('does nothing the second time, also where two nodes are told at once', async () => {
    expect(await to('1.1.0')).toMatchObject({ moved: true });
    expect(await to('1.1.0')).toMatchObject({ version: '1.1.0', moved: false });
    expect(await registry.moves('fan', 'production')).toHaveLength(1);
    await to('1.2.0');
    // Both were sent for the version that drifts: who comes second finds it replaced.
    const { manifest, digest } = await registry.resolve('fan@1.2.0');
    const { name, version } = manifest;
    const back = () => registry.switchAlias({ name: 'production', to: 'previous' }, FOLLOWS, { name, version, digest });
    expect((await Promise.all([back(), back()])).map(({ moved }) => moved)).toEqual([true, false]);
    expect(await production()).toBe('1.1.0');
  });

  it('stops moving an alias that is sent to and fro, and says so, until an hour has passed', async () => {
    for (let i = 0; i < 20; i++) await to(i % 2 === 0 ? '1.1.0' : '1.2.0');
    await expect(to('1.1.0')).rejects.toMatchObject({ code: 'ALIAS_SWITCHED_OFTEN' });
    expect(await production()).toBe('1.2.0');
    time += 3_600_001;
    expect(await to('1.1.0')).toMatchObject({ moved: true });
  });

  it('moves only an alias that is followed there, of a model that is clear', async () => {
    const wrong = (command: unknown, follows: readonly string[]) =>
      registry.switchAlias(command, follows).catch((error: unknown) => error as { code: string; message: string });
    const command = { name: 'production', to: '1.1.0' };
    for (const follows of [['fan'], ['fan@1.0.0'], [''], ['fan@candidate']]) {
      expect(await wrong(command, follows)).toMatchObject({ code: 'ALIAS_NOT_FOLLOWED' });
    }
    expect(await wrong(command, ['fan@1.0.0'])).toMatchObject({
      message: 'there is no alias "production" here: this node uses "fan@1.0.0"',
    });
    expect(await wrong(command, ['fan@production', 'pump@production'])).toMatchObject({
      message: 'alias "production" may be that of fan or of pump',
    });
    expect(await wrong({ ...command, model: 'fan' }, ['fan@production', 'pump@production'])).toMatchObject({
      moved: true,
    });
    expect(await wrong({ ...command, model: 'pump' }, ['fan@production'])).toMatchObject({
      code: 'ALIAS_NOT_FOLLOWED',
    });
  });

  it.each([
    'production',
    {},
    { name: 'production' },
    { name: 'production', to: 7 },
    { name: 'production', to: '' },
    { name: 'production', to: '1.1.0', form: 'unknown' },
    null,
  ])('of another form is refused with what it was: %j', async (command) => {
    await expect(registry.switchAlias(command, FOLLOWS)).rejects.toMatchObject({
      code: 'ALIAS_COMMAND_INVALID',
      message: expect.stringContaining(JSON.stringify(command)) as string,
    });
  });

  it('says what there is where its version is not there, or the one before has been removed', async () => {
    await expect(to('9.0.0')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    await registry.put({ ...parts('2.0.0') });
    await to('2.0.0');
    await to('1.1.0');
    await registry.remove('fan', '2.0.0');
    await expect(to('previous')).rejects.toMatchObject({
      code: 'ALIAS_NO_PREVIOUS',
      message: 'fan@production is 1.1.0, and 2.0.0, which it was before, is not there any more',
    });
    expect(await production()).toBe('1.1.0');
  });

  it('says so where nothing can be written, and changes nothing', async () => {
    await writeFile(join(root, 'file'), '');
    const layers = [join(root, 'shipped')];
    const fixed = openRegistry({ layers, directory: join(root, 'file/own'), clock });
    await expect(fixed.switchAlias({ name: 'production', to: '1.1.0' }, FOLLOWS)).rejects.toMatchObject({
      code: 'STORE_UNWRITABLE',
    });
    expect((await fixed.find('fan@production')).version).toBe('1.0.0');
    await fixed.close();
  });
});

describe('what a bundle pins', () => {
  it('stays whatever versions and aliases the device has, and no control message moves it', async () => {
    const digest = (await registry.find('fan@1.1.0')).digest ?? '';
    const pins = { 'fan@production': digest, fan: digest };
    const pinned = openRegistry({ layers: [join(root, 'shipped')], directory: join(root, 'own'), pins, clock });
    await registry.alias('fan', 'production', '1.2.0');
    expect((await pinned.resolve('fan@production')).manifest.version).toBe('1.1.0');
    expect((await pinned.resolve('fan')).manifest.version).toBe('1.1.0');
    expect((await pinned.resolve('fan@1.2.0')).manifest.version).toBe('1.2.0');
    const moved = pinned.switchAlias({ name: 'production', to: '1.0.0' }, FOLLOWS);
    await expect(moved).rejects.toMatchObject({ code: 'ALIAS_PINNED' });
    await pinned.close();
  });
});

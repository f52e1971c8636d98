import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkContents, flowOf, packBundle, previewBundle, readBundle } from '../../../runtime/bundle/index.ts';
import { chain, packing, shippedFlow, shippedTests } from '../../support/packing.ts';

function fileOf(bytes: Uint8Array): string {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-pack-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'sample.mrb');
  writeFileSync(file, bytes);
  return file;
}

const TEST = Buffer.from(JSON.stringify({ format: 1, name: 'what', expect: [{ node: 'x', expect: 'nothing' }] }));

const codesOf = (found: readonly { readonly code: string }[]) => found.map(({ code }) => code);

describe('a bundle of a flow that ships', () => {
  it.each(['pump', 'greenhouse', 'cloud', 'drift'])(
    'is the same to the byte, however often %s is packed',
    async (name) => {
      const flow = shippedFlow(name);
      const tests = shippedTests(name);
      const one = await packBundle(packing(flow, { name, tests }));
      const tabs = flow.filter(({ type }) => type === 'tab');
      const turned = [...tabs, ...flow.filter(({ type }) => type !== 'tab').reverse()];
      const other = await packBundle(packing(turned, { name, tests: [...tests].reverse() }));
      expect(Buffer.compare(one.bytes, other.bytes)).toBe(0);

      const bundle = await readBundle(fileOf(one.bytes));
      await checkContents(bundle);
      expect(bundle.digest).toBe(one.digest);
      const byId = (nodes: readonly { readonly id: string }[]) => [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(byId(await flowOf(bundle))).toEqual(byId(flow));
      expect(bundle.manifest.tests).toEqual(
        tests
          .map(({ path }) => `tests/${path}`)
          .filter((path) => path.endsWith('.json'))
          .sort(),
      );
    },
  );

  it('is a tar that standard tools list and extract', async () => {
    const { bytes, files } = await packBundle(packing(shippedFlow('pump'), { tests: shippedTests('pump') }));
    const file = fileOf(bytes);
    const listed = execFileSync('tar', ['tvf', file], { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } });
    const lines = listed.trim().split('\n');
    expect(lines[0]).toMatch(/^-rw-r--r-- 0\/0 .*1970-01-01 00:00 bundle\.json$/);
    expect(lines.slice(1).map((line) => line.split(' ').at(-1))).toEqual([...files.keys()].sort());
    const model = execFileSync('tar', ['xOf', file, 'models/pump-health/1.0.0/model.json']);
    expect(Buffer.compare(model, files.get('models/pump-health/1.0.0/model.json') ?? Buffer.of())).toBe(0);
  });
});

describe('the models of a bundle', () => {
  it('are pinned to the version that a reference means now', async () => {
    const { manifest } = await packBundle(packing(shippedFlow('drift')));
    expect(manifest.models).toMatchObject([
      { name: 'pump-watch', version: '1.0.0', references: ['pump-watch@production'] },
    ]);
    // The flow trains it itself: the device's own counts.
    expect(manifest.localAliases).toEqual(['my-usual']);
  });

  it('stay with the device where the bundle says so, and begin there as they are here', async () => {
    const flow = chain({ type: 'model', model: 'pump-watch@production' });
    const { manifest, files } = await packBundle(packing(flow, { localAliases: ['pump-watch@production'] }));
    expect(manifest.models).toMatchObject([{ name: 'pump-watch', version: '1.0.0', references: [] }]);
    expect(manifest.localAliases).toEqual(['pump-watch@production']);
    expect(JSON.parse(String(files.get('models/aliases.json')))).toEqual({ 'pump-watch': { production: '1.0.0' } });
    // What may be left so is told before; what the flow trains stays there anyway.
    expect((await previewBundle(packing(shippedFlow('drift')))).preview.aliases).toEqual(['pump-watch@production']);
  });

  it('have the example among them where a node names none', async () => {
    const { manifest } = await packBundle(packing(chain({ type: 'infer', model: '' })));
    expect(manifest.models).toMatchObject([{ name: 'pump-health', references: [''] }]);
  });

  it('must be there', async () => {
    const options = packing(chain({ type: 'model', name: 'm', model: 'no-such' }));
    await expect(packBundle(options)).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    expect(codesOf((await previewBundle(options)).preview.problems)).toEqual(['MODEL_NOT_FOUND']);
    const unused = packing(chain({}), { localAliases: ['pump-health@production'] });
    await expect(packBundle(unused)).rejects.toMatchObject({ code: 'LOCAL_ALIAS_UNUSED' });
  });
});

describe('what else a flow uses', () => {
  it('comes along: the recordings that it plays', async () => {
    const flow = chain({ type: 'replay', recording: 'a day' }, { type: 'replay', recording: '/srv/elsewhere.csv' });
    const recording = (name: string) => Promise.resolve({ extension: '.csv', bytes: Buffer.from(name) });
    const { files, warnings } = await packBundle(packing(flow, { recording }));
    expect(String(files.get('recordings/a day.csv'))).toBe('a day');
    expect(codesOf(warnings)).toEqual(['RECORDING_NOT_PACKED']);
    expect(warnings[0]?.message).toContain('/srv/elsewhere.csv');
  });

  it('is told where it is off on a gateway, unless it is allowed', async () => {
    const flow = chain({ type: 'exec' }, { type: 'function', libs: [{ var: 'os', module: 'os' }] });
    const plain = await packBundle(packing(flow));
    expect(codesOf(plain.warnings)).toEqual(['NODE_OFF_ON_DEVICE', 'NODE_OFF_ON_DEVICE']);
    expect(plain.manifest.needs.allowed).toEqual([]);
    const { manifest, warnings } = await packBundle(packing(flow, { allow: ['exec', 'function-modules', 'watch'] }));
    expect({ allowed: manifest.needs.allowed, warnings }).toEqual({
      allowed: ['exec', 'function-modules'],
      warnings: [],
    });
    await expect(packBundle(packing(flow, { allow: ['debug'] }))).rejects.toMatchObject({ code: 'ALLOW_UNKNOWN' });
  });

  it('is left out with the tabs that were not chosen', async () => {
    const other = [
      { id: 'other', type: 'tab', label: 'Other' },
      { id: 'm2', type: 'model', model: 'pump-health' },
      { id: 'i2', type: 'infer', z: 'other', model: 'm2', x: 1, y: 1, wires: [['n0']] },
    ];
    const flow = [
      ...chain({ type: 'subflow:s' }),
      { id: 's', type: 'subflow', name: 'S' },
      { id: 's1', type: 'debug', z: 's' },
    ];
    const { manifest } = await packBundle(packing([...flow, ...other], { tabs: ['tab'] }));
    expect(manifest.tabs.map(({ label }) => label)).toEqual(['Line']);
    expect(manifest.models).toEqual([]);
    const bundle = await packBundle(packing([...flow, ...other], { tabs: ['other'] }));
    expect(bundle.manifest.models).toMatchObject([{ name: 'pump-health' }]);
    expect(String(bundle.files.get('flows/global.json'))).not.toContain('subflow');
    await expect(packBundle(packing(flow, { tabs: ['nowhere'] }))).rejects.toMatchObject({
      code: 'BUNDLE_TAB_UNKNOWN',
    });
  });
});

describe('a preview', () => {
  it('says what a bundle would hold, and what is to be set', async () => {
    const flow = [...shippedFlow('drift'), { id: 'cloud', type: 'target', name: 'cloud', url: '${BROKER}' }];
    const { preview } = await previewBundle(
      packing(flow, { tests: shippedTests('pump'), credentials: { cloud: { token: 'x' } } }),
    );
    expect(preview).toMatchObject({
      name: 'sample',
      tabs: [{ id: 'drift', label: 'Drift' }],
      models: [{ name: 'pump-watch', version: '1.0.0', alias: 'production' }],
      tests: ['a-well-pump', 'blocked-inlet', 'drifting-thermometer', 'worn-bearing'],
      problems: [],
    });
    expect(preview.settings.map(({ name, secret }) => [name, secret])).toEqual([
      ['BROKER', false],
      ['CLOUD_TOKEN', true],
    ]);
    expect(codesOf(preview.warnings)).toEqual(['MODEL_NOT_TRAINED_YET']);
    expect(JSON.stringify(preview)).not.toContain('"x"');
  });

  it('tells every problem at once, where packing ends at the first', async () => {
    const flow = chain({ type: 'model', model: 'no-such' }, { type: 'nobody knows it' });
    const options = packing(flow, { allow: ['debug'], tests: [{ path: 'what?.json', bytes: TEST }] });
    expect(codesOf((await previewBundle(options)).preview.problems)).toEqual([
      ...['MODEL_NOT_FOUND', 'NODE_TYPE_NOT_HERE', 'ALLOW_UNKNOWN', 'BUNDLE_PATH_UNSAFE'],
    ]);
  });
});

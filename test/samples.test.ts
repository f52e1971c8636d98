import { copyFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../runtime/base/index.ts';
import {
  acceptRelease,
  flowOf,
  installPackages,
  readBundle,
  removeBundle,
  unpackBundle,
} from '../runtime/bundle/index.ts';
import { openDataSets, openRecording, type RecordedMessage } from '../runtime/datasets/index.ts';
import { createDrift } from '../runtime/drift/index.ts';
import { createInference } from '../runtime/inference/index.ts';
import { createDriftStore } from '../runtime/drift/history/create-store.ts';
import { parseRoot, readSettingsFile, readSigningKey, unseal } from '../runtime/keys/index.ts';
import { flowTest, type FlowTest, milliseconds } from '../runtime/messages/index.ts';
import { readPackage } from '../runtime/models/package/index.ts';
import { readFloor } from '../runtime/rollout/state/floor.ts';
import { recover } from '../runtime/rollout/state/recover.ts';
import { readState } from '../runtime/rollout/state/state-file.ts';
import { bySequence, outboxIn, startBroker } from './runtime/outbox/support.ts';
import { until } from './support/node-red.ts';

const samples = join(import.meta.dirname, 'samples');

describe('what an older Millrace has written', () => {
  it('outbox, format 1: its backlog is delivered', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'millrace-sample-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    await copyFile(join(samples, 'outbox-1.sqlite'), join(directory, 'outbox.sqlite'));
    const broker = await startBroker();
    const destination = outboxIn(directory).destination('cloud', {
      type: 'mqtt',
      url: broker.url,
      clientId: '',
      username: '',
      password: '',
    });
    destination.start();
    await until(() => broker.received.length >= 3 || undefined, 'the backlog');
    expect([...bySequence(broker.received, 'pump')]).toEqual([
      [1, { label: 'healthy', confidence: 0.25 }],
      [2, { label: 'healthy', confidence: 0.5 }],
      [3, { label: 'healthy', confidence: 0.75 }],
    ]);
  });

  it('data set, format 1: its examples are there, and the version that was frozen', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'millrace-sample-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    await cp(join(samples, 'data-set-1'), directory, { recursive: true });
    const sets = openDataSets({ directory, clock: systemClock });
    onTestFinished(() => sets.close());
    const set = await sets.find('sample');
    const { columns, values, labels, ids, times, groups, sources } = await set.load();
    expect({ columns, labels, ids: [...ids], groups, sources }).toEqual({
      columns: ['rms', 'peak'],
      labels: ['well', 'broken', null],
      ids: [1, 2, 4],
      groups: ['run 1', 'run 2', ''],
      sources: ['board', 'board', ''],
    });
    expect([...times]).toEqual([1767225600000, 1767225601000.5, NaN]);
    expect([...values]).toEqual([0.1, 1, 0.5, 3.25, 7, 8].map(Math.fround));
    const [version] = (await set.summary()).versions;
    expect(version).toMatchObject({ note: 'the first three', examples: 3 });
    const frozen = await set.load(version?.digest);
    expect(frozen.labels).toEqual(['well', 'worn', 3]);
    expect([...frozen.values]).toEqual([0.1, 1, 0.5, 3.25, -1e-7, 0].map(Math.fround));
    expect(frozen.digest).toBe('6dbcce4ee313e6901789b37761ff9be676fa4ff78de63d970079cb519adacefc');
  });

  it('drift, format 1: what was known of a node, its picture and its past', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'millrace-sample-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    await copyFile(join(samples, 'drift-1.sqlite'), join(directory, 'history.sqlite'));
    const models = { resolve: () => Promise.reject(new Error('there is no model')) };
    const drift = createDrift({ models, clock: systemClock, directory });
    onTestFinished(() => drift.close());
    const stream = { node: 'sample', name: 'the sample', state: 'drifting' };
    expect(await drift.streams()).toMatchObject([{ ...stream, time: 1767225720000, first: 1767225600000 }]);
    expect(await drift.picture('sample')).toMatchObject({ format: 1, features: [{ name: 'temperature', value: 2.5 }] });
    const { courses, events } = await drift.history('sample');
    expect(courses).toEqual([
      {
        ...{ name: 'temperature', kind: 'data', statistic: 'wasserstein', thresholds: [1, 1, 1] },
        ...{ times: [1767225600000, 1767225660000, 1767225720000], values: [0.25, 1.5, 2.5] },
      },
    ]);
    expect(events).toMatchObject([{ time: 1767225720000, payload: { state: 'start', words: 'temperature rose' } }]);
    const store = createDriftStore(join(directory, 'history.sqlite'), systemClock);
    onTestFinished(() => store.close());
    const state = { kept: Float64Array.from({ length: 600 }, (_, i) => i / 8), last: NaN };
    expect(await store.load('sample')).toEqual(state);
  });

  it('model package, format 1: it is read, checked against its vectors, and predicts', async () => {
    const pkg = await readPackage(join(samples, 'model-1'));
    const inference = createInference({ clock: systemClock });
    onTestFinished(() => inference.close());
    const predictor = await inference.open(pkg);
    const features = Object.fromEntries(predictor.featureNames.map((name) => [name, 0.1]));
    expect(await predictor.predict(features)).toMatchObject({ payload: { label: expect.any(String) as string } });
    await predictor.close();
  });

  it.each(['jsonl', 'parquet'])('recording as %s, format 1: it is read, every value as it was', async (format) => {
    const recording = await openRecording(join(samples, `recording-1/sample.${format}`));
    const read: RecordedMessage[] = [];
    for await (const each of recording.messages()) read.push(each);
    expect(recording).toMatchObject({ format, started: 1767225600000, problems: [] });
    const window = { channels: ['x'], rate: 100, start: 1767225600000, data: [1, 2, 3], shape: [3, 1] };
    const extra = { when: new Date(0), none: undefined, like: { $number: 'mine' } };
    expect(read).toStrictEqual([
      { at: 0, message: { payload: { x: 1.5, y: -0 }, time: 1767225600000, id: 'a', topic: 'pump' } },
      { at: 10, message: { payload: { x: NaN }, time: 1767225600010, id: 'b', topic: 'pump', unit: 'g', extra } },
      { at: 20.25, message: { payload: 7 } },
      { at: 30, message: { payload: window, gaps: 0 } },
    ]);
  });

  it('bundle and root, format 1: it is accepted, unpacked, its packages installed, its flow read', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'millrace-sample-'));
    onTestFinished(() => removeBundle(directory));
    const root = parseRoot(JSON.parse(await readFile(join(samples, 'bundle-1/root.json'), 'utf8')));
    const file = join(samples, 'bundle-1/pump.mrb');
    const release = acceptRelease(await readBundle(file), {
      ...{ root, group: 'north', runtime: '0.1.0', architecture: 'linux-x64', now: Date.UTC(2026, 11, 1) },
    });
    expect(release).toMatchObject({ version: 3, group: 'north', manifest: { name: 'pump' } });
    const bundle = await unpackBundle(file, join(directory, 'slot'));
    expect((await flowOf(bundle)).map(({ id }) => id)).toEqual(['one', 'say', 'tick']);
    const modules = await installPackages(bundle);
    expect(await readFile(join(modules ?? '', 'red-thing/index.js'), 'utf8')).toBe("module.exports = 'thing';\n");
  });

  it('flow test, format 1: every setting is understood', async () => {
    const written = JSON.parse(await readFile(join(samples, 'flow-test-1.json'), 'utf8')) as FlowTest;
    const test = flowTest.parse(written);
    expect(test).toMatchObject(written);
    expect(test.play.map(({ at }) => milliseconds(at))).toEqual([1000, 0]);
    expect(test.expect[0]).toMatchObject({ expect: 'becomes', output: 1 });
  });

  it('signing, format 1: the root is followed, and the setting opens', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'millrace-sample-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    await cp(join(samples, 'signing-1'), directory, { recursive: true });
    const key = await readSigningKey(join(directory, 'device.key'));
    const root = parseRoot(JSON.parse(await readFile(join(directory, 'root.json'), 'utf8')));
    expect(root).toMatchObject({ version: 1, expires: Date.UTC(2031, 10, 22), roles: { release: { threshold: 1 } } });
    expect(root.roles.release.keys).toEqual([{ id: key.id, publicKey: key.publicKey }]);
    const open = (sealed: string, name: string) => unseal(key, sealed, name);
    expect([...(await readSettingsFile(join(directory, 'settings.env'), open))]).toEqual([
      ['SITE', 'north'],
      ['CLOUD_PASSWORD', 'hunter2'],
    ]);
  });

  it('rollout, format 1: the new bundle is tried again, and has one start left', async () => {
    const state = await readState(join(samples, 'rollout-1.json'));
    expect(typeof state === 'object' && recover(state)).toMatchObject({
      ...{ state: 'switching', active: 'a', newest: { version: 2 } },
      candidate: { slot: 'b', starts: 2, release: { name: 'pump', version: 3 } },
      slots: { a: { proven: true, release: { version: 2 } }, b: { proven: false } },
    });
  });

  it('newest release, format 1: how new a release must be, and by whose keys', async () => {
    expect(await readFloor(join(samples, 'newest-1.json'))).toMatchObject({ version: 3, keys: ['a'.repeat(64)] });
  });
});

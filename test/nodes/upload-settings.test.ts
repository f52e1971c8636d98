/** What can be set of `upload` and `target`, in a real Node-RED with a real broker: streams, lanes, time to live, protection, and life with a backlog. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { config as targetSettings } from '../../nodes/target/config.ts';
import { problemsOf } from '../../nodes/target/problems.ts';
import { targetOf } from '../../nodes/target/target-of.ts';
import { wordsFor } from '../../nodes/upload/words.ts';
import locale from '../../nodes/upload/locale.json' with { type: 'json' };
import type { Gap } from '../../runtime/messages/index.ts';
import { loadFieldKeys, reveal } from '../../runtime/keys/index.ts';
import type { DestinationState } from '../../runtime/outbox/index.ts';
import { target as targetSchema, TARGET_TYPES } from '../../runtime/outbox/schema.ts';
import { bySequence, freePort, startBroker, upTo } from '../runtime/outbox/support.ts';
import { startUploadRig, uploadFlow as flow } from './upload-rig.ts';

const soon = { timeout: 60_000, interval: 20 };

let rig: Awaited<ReturnType<typeof startUploadRig>>;
beforeAll(async () => {
  rig = await startUploadRig();
});
afterAll(() => rig.stop());
beforeEach(() => rig.clear());

const receive = (message: Record<string, unknown>) => rig.nodeRed.node('upload').receive(message);
const waiting = (id = 'cloud') => rig.outbox.destinations().find((one) => one.id === id)?.depth ?? 0;
const away = async () => `mqtt://127.0.0.1:${await freePort()}`;
type Broker = Awaited<ReturnType<typeof startBroker>>;
const arrived = ({ received }: Broker) =>
  received.map(({ topic, message }) => [topic, 'payload' in message && message.payload]);

describe('upload', () => {
  it('names streams by topic, each in its own order, and has one for messages without', async () => {
    const broker = await startBroker();
    await rig.nodeRed.deploy(flow({ kind: 'mqtt', url: broker.url }, { streamFrom: 'topic', stream: 'rest' }));
    for (const n of upTo(3)) for (const topic of ['hall/a', 'hall/b']) receive({ topic, payload: n });
    receive({ payload: 4 });
    receive({ topic: '', payload: 5 });
    await vi.waitFor(() => expect(broker.received).toHaveLength(8), soon);
    expect([...bySequence(broker.received, 'hall/a')]).toEqual(upTo(3).map((n) => [n, n]));
    expect([...bySequence(broker.received, 'hall/b')]).toEqual(upTo(3).map((n) => [n, n]));
    expect([...bySequence(broker.received, 'rest').values()]).toEqual([4, 5]);
    expect(broker.received.map(({ topic }) => topic)).toContain('millrace/hall/a');

    receive({ topic: 'no/#', payload: 6 });
    await vi.waitFor(() => expect(rig.codes()).toEqual(['STREAM_INVALID']), soon);
  });

  it('names streams by another property, a number too', async () => {
    const broker = await startBroker();
    const by = { streamFrom: 'property', streamProperty: 'payload.machine', stream: 'none' };
    await rig.nodeRed.deploy(flow({ kind: 'mqtt', url: broker.url }, by));
    for (const machine of ['press', 7, { odd: true }, undefined]) receive({ payload: { machine } });
    await vi.waitFor(() => expect(broker.received).toHaveLength(4), soon);
    const streams = broker.received.map(({ message }) => message.key.stream);
    expect(streams.sort()).toEqual(['7', 'none', 'none', 'press']);
  });

  it('lets urgent messages overtake what waits', async () => {
    const url = await away();
    const alarm = { id: 'alarm', type: 'upload', z: 'tab', x: 10, y: 20, target: 'cloud', wires: [] };
    const nodes = (address: string) => [
      ...flow({ kind: 'mqtt', url: address }, { stream: 'telemetry', lane: 'bulk' }),
      { ...alarm, stream: 'alarms', lane: 'alarm' },
    ];
    await rig.nodeRed.deploy(nodes(url));
    for (const n of upTo(200)) receive({ payload: n });
    await vi.waitFor(() => expect(waiting()).toBe(200), soon);
    rig.nodeRed.node('alarm').receive({ payload: 'fire' });
    await vi.waitFor(() => expect(waiting()).toBe(201), soon);
    const broker = await startBroker();
    await rig.nodeRed.deploy(nodes(broker.url));
    await vi.waitFor(() => expect(broker.received.length).toBeGreaterThanOrEqual(201), soon);
    const topics = broker.received.map(({ topic }) => topic);
    expect(topics.indexOf('millrace/alarms')).toBeLessThan(100);
    expect(bySequence(broker.received, 'telemetry').size).toBe(200);
  });

  it('drops what has waited too long, and tells the receiver of a gap', async () => {
    const url = await away();
    await rig.nodeRed.deploy(flow({ kind: 'mqtt', url }, { stream: 'short', keep: '0.2', keepUnit: 'seconds' }));
    for (const n of upTo(3)) receive({ payload: n });
    await vi.waitFor(() => expect(waiting()).toBe(3), soon);
    await new Promise((passed) => setTimeout(passed, 600));
    const broker = await startBroker();
    await rig.nodeRed.deploy(flow({ kind: 'mqtt', url: broker.url }, { stream: 'short' }));
    receive({ payload: 4 });
    await vi.waitFor(() => expect(arrived(broker)).toContainEqual(['millrace/short', 4]), soon);
    const gaps = broker.received.flatMap(({ message }) => (message as { gap?: Gap }).gap ?? []);
    expect(gaps.map(({ first, last }) => [first, last])).toEqual([[1, 3]]);
    expect(bySequence(broker.received, 'short').size).toBe(1);
  });
});

describe('a target that protects fields', () => {
  const protect = [
    { field: 'payload.people.*.name', how: 'encrypt' },
    { field: 'payload.badge', how: 'hash' },
    { field: 'payload.note', how: 'leave-out' },
    { field: 'payload.missing', how: 'encrypt' },
  ];
  const payload = { people: [{ name: 'Ada Lovelace' }, { name: 'Bo Peep' }], badge: 4711471147, note: 'is ill', n: 1 };
  const plain = /Ada Lovelace|Bo Peep|4711471147|is ill/;
  const keyFile = () => join(rig.directory, 'outbox', 'field-keys.json');

  /** All that lies on disk, byte for byte. */
  const onDisk = async () => {
    const folder = join(rig.directory, 'outbox');
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files.filter((file) => file.isFile()).map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')),
    );
    return texts.join('\n');
  };

  it('refuses messages while its key file is damaged, stores none of them, and takes them when it is put right', async () => {
    const broker = await startBroker();
    await mkdir(join(rig.directory, 'outbox'), { recursive: true });
    await writeFile(keyFile(), '{"format":1,"keys":[{"id":"0123456789abcdef","ma');
    await rig.nodeRed.deploy(flow({ kind: 'mqtt', url: broker.url, protect }, { stream: 'people' }));
    for (const n of upTo(3)) receive({ payload: { ...payload, n } });
    await vi.waitFor(() => expect(rig.codes()).toEqual(Array(3).fill('FIELD_KEYS_DAMAGED')), soon);
    expect(waiting()).toBe(0);
    expect(broker.received).toEqual([]);
    expect(await onDisk()).not.toMatch(plain);

    await rm(keyFile());
    receive({ payload });
    await vi.waitFor(() => expect(broker.received).toHaveLength(1), soon);
    expect(JSON.stringify(broker.received)).not.toMatch(plain);
  });

  it('never stores or sends their plain values, and the key opens what was encrypted', async () => {
    await rig.nodeRed.deploy(flow({ kind: 'mqtt', url: await away(), protect }, { stream: 'people' }));
    receive({ payload });
    await vi.waitFor(() => expect(waiting()).toBe(1), soon);
    expect(await onDisk()).not.toMatch(plain);

    const broker = await startBroker();
    await rig.nodeRed.deploy(flow({ kind: 'mqtt', url: broker.url, protect }, { stream: 'people' }));
    receive({ payload });
    await vi.waitFor(() => expect(broker.received).toHaveLength(2), soon);
    expect(JSON.stringify(broker.received)).not.toMatch(plain);
    expect(JSON.stringify(rig.shown)).not.toMatch(plain);
    const keys = await loadFieldKeys(keyFile(), 0);
    const badges = new Set<unknown>();
    for (const { message } of broker.received) {
      const { value, opened, sealed } = reveal(message, keys);
      expect({ opened, sealed }).toEqual({ opened: 2, sealed: [] });
      expect(value).toMatchObject({ payload: { people: payload.people, n: 1 } });
      badges.add((value as { payload: { badge: unknown } }).payload.badge);
      expect((value as { payload: object }).payload).not.toHaveProperty('note');
    }
    expect(badges.size).toBe(1);
  });
});

describe('a backlog', () => {
  it('outlives deploys of every kind, renames, other wires, and the deletion of node and target', async () => {
    const url = await away();
    const first = flow({ kind: 'mqtt', url }, { stream: 'life' });
    await rig.nodeRed.deploy(first);
    let sent = 0;
    const more = async () => {
      receive({ payload: ++sent });
      await vi.waitFor(() => expect(waiting()).toBe(sent), soon);
    };
    await more();
    for (const kind of ['full', 'flows', 'nodes'] as const) {
      await rig.nodeRed.deploy(flow({ kind: 'mqtt', url, name: `by ${kind}` }, { stream: 'life', name: kind }), kind);
      await more();
    }
    // Another node of another id is wired in its place.
    const rewired = first.map((node) => (node.id === 'upload' ? { ...node, id: 'other' } : node));
    await rig.nodeRed.deploy(rewired);
    rig.nodeRed.node('other').receive({ payload: ++sent });
    await vi.waitFor(() => expect(waiting()).toBe(sent), soon);
    // The node is deleted, then the target too.
    await rig.nodeRed.deploy(first.filter(({ id }) => id !== 'upload'));
    expect(waiting()).toBe(sent);
    await rig.nodeRed.deploy(first.filter(({ id }) => id !== 'upload' && id !== 'cloud'));
    expect(waiting()).toBe(sent);
    // The target's settings are wrong for a while.
    await rig.nodeRed.deploy(flow({ kind: 'mqtt', url: 'nonsense' }, { stream: 'life' }));
    expect(waiting()).toBe(sent);

    const broker = await startBroker();
    await rig.nodeRed.deploy(flow({ kind: 'mqtt', url: broker.url }, { stream: 'life' }));
    receive({ payload: ++sent });
    await vi.waitFor(() => expect(bySequence(broker.received, 'life').size).toBe(sent), soon);
    expect([...bySequence(broker.received, 'life')]).toEqual(upTo(sent).map((n) => [n, n]));
    await vi.waitFor(() => expect(waiting()).toBe(0), soon);
  });

  it('is on disk when the node is done', async () => {
    await rig.nodeRed.deploy(flow({ kind: 'mqtt', url: await away() }, { stream: 'done' }));
    receive({ payload: 'done' });
    await vi.waitFor(() => expect(rig.completed).toHaveLength(1), soon);
    expect(waiting()).toBe(1);
  });
});

describe('the settings of a target', () => {
  const standard = targetSettings.parse({});

  it('work as they stand when one is dragged in, also those that an older Millrace saved', () => {
    expect(targetSchema.parse(targetOf(standard, {}))).toMatchObject({
      ...{ type: 'built-in', port: 1885, topic: 'millrace/{stream}', whenFull: 'reject', maxBytes: 0, protect: [] },
      sending: { when: 'each', bytesPerHour: 0, bytesPerSecond: 0 },
    });
    const old = { name: '', kind: 'mqtt', url: 'mqtt://broker', clientId: '', topic: '', port: 1885 };
    const saved = targetSchema.parse(targetOf(targetSettings.parse(old), { username: 'me', password: 'x' }));
    expect(saved).toMatchObject({ url: 'mqtt://broker', topic: 'millrace/{stream}', username: 'me', password: 'x' });
  });

  it('hold a broker to the limits that are written, also as texts, and to none of ours otherwise', () => {
    const mqtt = (settings: Record<string, unknown>) =>
      targetSchema.parse(targetOf(targetSettings.parse({ kind: 'mqtt', ...settings }), {}));
    expect(mqtt({ messageSize: '0.5', inFlight: '20', messageRate: '50', alpn: ' x-amzn-mqtt-ca ' })).toMatchObject({
      ...{ maxMessageBytes: 512, maxInFlight: 20, messagesPerSecond: 50, alpn: 'x-amzn-mqtt-ca' },
    });
    expect(mqtt({})).toMatchObject({ maxMessageBytes: 0, maxInFlight: 0, messagesPerSecond: 0, alpn: '' });
  });

  it('take each kind with what it needs, and say at their own names what is missing', () => {
    const needs = { https: 'webhook', s3: 'bucket' } as Record<string, string>;
    for (const kind of TARGET_TYPES) {
      expect(Object.keys(problemsOf({ ...standard, kind })), kind).toEqual(needs[kind] ? [needs[kind]] : []);
    }
    const wrong = {
      ...{ mqtt: { url: 'http://x' }, https: { webhook: 'https://me:secret@x' }, postgres: { database: 'mysql://x' } },
      ...{ sqlite: { table: 'drop table' }, files: { object: 'one' }, s3: { bucket: 'my bucket' } },
      'built-in': { topic: 'a/#' },
    };
    for (const [kind, setting] of Object.entries(wrong)) {
      expect(Object.keys(problemsOf({ ...standard, kind, ...setting })), kind).toEqual(Object.keys(setting));
    }
    const cron = { ...standard, when: 'schedule', schedule: 'own', cron: 'at noon' };
    expect(Object.keys(problemsOf(cron))).toEqual(['cron']);
    // What is folded away and not in force stops nothing.
    expect(problemsOf({ ...cron, when: 'batch' })).toEqual({});
  });

  it('become bytes, a schedule and headers; secrets come from the credentials only', () => {
    const one = targetOf(
      targetSettings.parse({
        ...{ kind: 'https', webhook: 'https://x', when: 'schedule', schedule: 'hour', perHour: '1', perSecond: '0.5' },
        ...{ room: '2', headers: [{ name: 'X-Api-Key', value: '{token}' }] },
      }),
      { token: 'secret', privateKey: 'pem' },
    );
    expect(targetSchema.parse(one)).toMatchObject({
      sending: { when: 'schedule', cron: '0 * * * *', bytesPerHour: 1_048_576, bytesPerSecond: 512 },
      ...{ maxBytes: 2_097_152, headers: { 'X-Api-Key': 'secret' }, token: '', privateKey: 'pem' },
    });
    const usual = targetOf(targetSettings.parse({ kind: 'https', webhook: 'https://x' }), { token: 'secret' });
    expect(targetSchema.parse(usual)).toMatchObject({ token: 'secret', headers: {} });
  });

  it('may come from the environment', async () => {
    const broker = await startBroker();
    vi.stubEnv('MILLRACE_TEST_BROKER', broker.url);
    await rig.nodeRed.deploy(flow({ kind: 'mqtt', url: '${MILLRACE_TEST_BROKER}' }, { stream: 'env' }));
    receive({ payload: 1 });
    await vi.waitFor(() => expect(bySequence(broker.received, 'env').size).toBe(1), soon);
    vi.unstubAllEnvs();
  });
});

describe('the status of upload', () => {
  const calm: DestinationState = {
    ...{ id: 'cloud', served: true, connected: true, depth: 0, bytes: 0, sent: 0, oldestMs: 0, damaged: 0 },
    ...{ problem: undefined, paused: false, holding: undefined, lanes: [], rate: 0, acknowledgedAt: undefined },
    ...{ dropped: [], dead: 0, failures: 0, retryAt: undefined, circuit: 'closed' },
  };
  const text = (state: Partial<DestinationState>) => {
    const [, key, values] = wordsFor({ ...calm, ...state });
    const words = locale.status[key as keyof typeof locale.status];
    return words.replace(/__(\w+)__/g, (_, name: string) => String(values[name]));
  };
  const two = new Date(2026, 10, 21, 2).getTime();

  it('tells how much waits, since when, how fast it goes and what it waits for', () => {
    expect(text({ connected: false })).toBe('connecting');
    expect(text({ connected: false, depth: 3 })).toBe('3 waiting');
    expect(text({ connected: false, depth: 3, oldestMs: 190_000 })).toBe('3 wait · 3 min');
    expect(text({ depth: 4_500, rate: 812.4, oldestMs: 190_000 })).toBe('4500 wait · 812/s');
    expect(text({ sent: 12, rate: 0.2 })).toBe('sent 12');
    expect(text({ sent: 12_345, rate: 5.1, depth: 2 })).toBe('sent 12k · 5/s');
    expect(text({ depth: 45, holding: { reason: 'schedule', until: two } })).toBe('45 · until 02:00');
    expect(text({ depth: 45, holding: { reason: 'batch', until: two } })).toBe('45 for a batch');
    expect(text({ depth: 45, paused: true })).toBe('45 · paused');
    expect(text({ sent: 7, dead: 2 })).toBe('sent 7 · 2 bad');
  });

  it('fits under a node, however much there is', () => {
    const most = { depth: 499_999, sent: 99_900_000, rate: 9_999, oldestMs: 3_599_000, dead: 999 };
    for (const state of [
      most,
      { ...most, rate: 0 },
      { ...most, depth: 0 },
      { ...most, depth: 9_999, rate: 0 },
      { ...most, depth: 9_999, holding: { reason: 'budget', until: two } as const },
      { ...most, depth: 9_999, holding: { reason: 'batch' } as const },
      { ...most, paused: true },
    ]) {
      expect(text(state).length, text(state)).toBeLessThan(20);
    }
  });
});

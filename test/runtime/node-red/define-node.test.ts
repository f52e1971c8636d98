import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineErrors, systemClock } from '../../../runtime/base/index.ts';
import { settings, type Palette, type View } from '../../../runtime/messages/index.ts';
import {
  currentNode,
  defineNode,
  type Host,
  inFlight,
  type NodeDefinition,
  type Red,
} from '../../../runtime/node-red/index.ts';
import { createViewHub } from '../../../runtime/services/index.ts';
import {
  type EmbeddedNodeRed,
  type FlowNode,
  type Message,
  registerCollectors,
  startNodeRed,
  until,
} from '../../support/node-red.ts';

const errors = defineErrors('define-node-test', {
  KETTLE_EMPTY: {
    title: 'kettle empty',
    meaning: 'The kettle was switched on without water.',
    message: (v: { litres: number }) => `the kettle holds ${v.litres} l`,
    hint: 'Fill the kettle.',
  },
});

const views = createViewHub();
const host = { services: { clock: systemClock, views } } as unknown as Host;
const flowPalette: Palette = { category: 'prepare', inputs: 1, outputs: 1 };

/** What the fixtures saw. */
const seen = { received: [] as Message[], completed: [] as Message[], caught: [] as Message[] };
const closedNodes: string[] = [];
let release: (() => void) | undefined;
let failSetup: (() => void) | undefined;

function fixtures(red: Red) {
  const define = <S extends z.ZodType>(definition: NodeDefinition<S>, palette = flowPalette) =>
    defineNode(definition)(red, host, palette);
  const config = z.object({ name: settings.text(), litres: settings.number({ default: 1, min: 0 }) });

  define({
    type: 'rejects',
    config,
    setup: ({ settings: { litres } }) => ({
      input: async () => {
        await Promise.resolve();
        throw errors.KETTLE_EMPTY({ litres });
      },
    }),
  });
  define({ type: 'throws', config, setup: () => ({ input: () => raise() }) });
  define({
    type: 'passes',
    config,
    setup: (node) => ({
      input: (message, send) => {
        node.status('ok', 'passed', { node: currentNode() ?? 'nobody' });
        if (message['fail'] === true) throw errors.KETTLE_EMPTY({ litres: 0 });
        send(message);
      },
    }),
  });
  define({
    type: 'holds',
    config,
    setup: (node) => ({
      input: (message, send) =>
        new Promise<void>((resolve) => {
          release = () => {
            send(message);
            resolve();
          };
        }),
      close: () => {
        closedNodes.push(node.id);
      },
    }),
  });
  define({
    type: 'fails-late',
    config,
    setup: () =>
      new Promise<never>((_resolve, reject) => {
        failSetup = () => reject(errors.KETTLE_EMPTY({ litres: 0 }));
      }),
  });
  define({
    type: 'closes-badly',
    config,
    setup: (node) => ({
      close: () => {
        closedNodes.push(node.id);
        throw new Error('stuck');
      },
    }),
  });
  define({
    type: 'source',
    config,
    setup: (node) => ({
      input: (message) => {
        if (message['fail'] === true) node.fail(errors.KETTLE_EMPTY({ litres: 0 }));
        else if (message['works'] === true) node.status('ok', 'works');
        else node.send([message['first'], message['second']] as Message[]);
      },
    }),
  });
  define(
    {
      type: 'tank',
      config,
      setup: async ({ settings: { litres } }) => {
        await Promise.resolve();
        if (litres === 0) throw errors.KETTLE_EMPTY({ litres });
        return { shares: { litres } };
      },
    },
    { category: 'config' },
  );
  define({
    type: 'draws',
    config: z.object({ tank: settings.reference('tank') }),
    setup: async (node) => {
      const tank = await node.shared<{ litres: number }>(node.settings.tank);
      return { input: (message, send) => send({ ...message, litres: tank?.litres ?? 'default' }) };
    },
  });

  registerCollectors(red, seen);
}

function raise(): never {
  throw new Error('thrown at once');
}

const tab = { id: 'tab', type: 'tab', label: 'traps' };
const at = { z: 'tab', x: 10, y: 10 };
const watchers: FlowNode[] = [
  { id: 'catch', type: 'catch', ...at, scope: null, wires: [['caught']] },
  { id: 'caught', type: 'collects-caught', ...at, wires: [] },
  { id: 'received', type: 'collects-received', ...at, wires: [] },
];
const one = (type: string, extra: Record<string, unknown> = {}): FlowNode[] => [
  tab,
  ...watchers,
  { id: 'it', type, ...at, wires: [['received']], ...extra },
  { id: 'complete', type: 'complete', ...at, scope: ['it'], wires: [['completed']] },
  { id: 'completed', type: 'collects-completed', ...at, wires: [] },
];

const problems = () => views.snapshot().filter((view) => view.kind === 'problem');
const settle = () => new Promise((resolve) => setTimeout(resolve, 50));

describe('defineNode, in a real Node-RED', () => {
  let nodeRed: EmbeddedNodeRed;
  beforeAll(async () => {
    nodeRed = await startNodeRed({ register: fixtures });
  });
  afterAll(() => nodeRed.stop());
  beforeEach(() => {
    for (const list of [...Object.values(seen), closedNodes]) list.length = 0;
    release = undefined;
  });

  it('brings a rejected input handler to Catch, the red status and the sidebar, once, and never ends the process', async () => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', listener);
    await nodeRed.deploy(one('rejects', { litres: '0.5' }));
    nodeRed.node('it').receive({ payload: 1, id: 'a' });
    await until(() => seen.caught.length > 0, 'the Catch node');
    await settle();
    process.off('unhandledRejection', listener);
    expect(unhandled).toEqual([]);
    expect(seen.caught).toHaveLength(1);
    expect(seen.caught[0]).toMatchObject({
      id: 'a',
      error: {
        code: 'KETTLE_EMPTY',
        message: 'KETTLE_EMPTY: the kettle holds 0.5 l — Fill the kettle.',
        source: { id: 'it' },
      },
    });
    expect(nodeRed.logs.filter((line) => line.includes('KETTLE_EMPTY'))).toHaveLength(1);
    expect(nodeRed.statuses.filter(({ id }) => id === 'it').at(-1)?.status).toMatchObject({
      fill: 'red',
      text: 'kettle empty',
    });
    expect(problems()).toMatchObject([{ node: 'it', code: 'KETTLE_EMPTY', hint: 'Fill the kettle.', count: 1 }]);
  });

  it('treats a synchronous throw as a rejection', async () => {
    await nodeRed.deploy(one('throws'));
    nodeRed.node('it').receive({ payload: 1 });
    await until(() => seen.caught.length > 0, 'the Catch node');
    expect(seen.caught).toHaveLength(1);
    expect(problems()).toMatchObject([{ code: 'UNEXPECTED', message: 'thrown at once' }]);
  });

  it('fires Complete exactly once a message, and not for one that failed', async () => {
    await nodeRed.deploy(one('passes'));
    nodeRed.node('it').receive({ payload: 1, id: 'good' });
    nodeRed.node('it').receive({ payload: 2, id: 'bad', fail: true });
    await until(() => seen.completed.length > 0 && seen.caught.length > 0, 'both messages');
    await settle();
    expect(seen.completed.map(({ id }) => id)).toEqual(['good']);
    expect(seen.caught.map(({ id }) => id)).toEqual(['bad']);
    expect(seen.received.map(({ id }) => id)).toEqual(['good']);
  });

  it('takes the problem down when the node works again', async () => {
    const heard: View[] = [];
    await nodeRed.deploy(one('passes'));
    const stop = views.listen((view) => heard.push(view));
    nodeRed.node('it').receive({ fail: true });
    nodeRed.node('it').receive({ payload: 1 });
    await until(() => heard.some(({ kind }) => kind === 'cleared'), 'the problem to be taken down');
    stop();
    expect(problems()).toEqual([]);
    const last = nodeRed.statuses.filter(({ id }) => id === 'it').at(-1);
    expect(last?.status.fill).toBe('green');
  });

  it('reports an error that no message caused once, to Catch too', async () => {
    await nodeRed.deploy(one('source'));
    nodeRed.node('it').receive({ fail: true });
    await until(() => seen.caught.length > 0, 'the Catch node');
    await settle();
    expect(seen.caught).toHaveLength(1);
  });

  it('keeps such an error up, though messages go well, until the node itself says that it works', async () => {
    await nodeRed.deploy(one('source'));
    nodeRed.node('it').receive({ fail: true });
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    nodeRed.node('it').receive({ first: { payload: 1 } });
    await until(() => seen.received.length > 0, 'the message');
    await settle();
    expect(problems()).toHaveLength(1);
    nodeRed.node('it').receive({ works: true });
    await until(() => problems().length === 0 || undefined, 'the problem to be taken down');
  });

  it('awaits closing, and first lets messages in flight complete', async () => {
    await nodeRed.deploy(one('holds'));
    nodeRed.node('it').receive({ payload: 'in flight' });
    await until(() => release !== undefined, 'the message to be taken');
    expect(inFlight()).toBe(1);
    const redeployed = nodeRed.deploy([tab]);
    await settle();
    expect(closedNodes).toEqual([]);
    release?.();
    await redeployed;
    expect(closedNodes).toEqual(['it']);
    expect(inFlight()).toBe(0);
  });

  it('says so when a node cannot close, and closes the others', async () => {
    await nodeRed.deploy([...one('closes-badly'), { id: 'other', type: 'holds', ...at, wires: [] }]);
    await nodeRed.deploy([tab]);
    expect([...closedNodes].sort()).toEqual(['it', 'other']);
    expect(nodeRed.logs.some((line) => line.includes('CLOSE_FAILED') && line.includes('stuck'))).toBe(true);
  });

  it('lets no error of a node that is gone fall on the node that took its place', async () => {
    await nodeRed.deploy(one('fails-late'));
    const old = nodeRed.node('it') as unknown as { close: (...args: unknown[]) => unknown };
    const close = old.close.bind(old);
    const closing = new Promise<void>((resolve) => {
      old.close = (...args) => {
        resolve();
        return close(...args);
      };
    });
    const redeployed = nodeRed.deploy(one('passes'));
    // The old node is being closed: what it was still setting up fails now.
    await closing;
    await settle();
    failSetup?.();
    await redeployed;
    await settle();
    expect(problems()).toEqual([]);
    expect(seen.caught).toEqual([]);
  });

  it('tells each of several different errors, and one that repeats only now and then', async () => {
    await nodeRed.deploy(one('rejects', { litres: '0.5' }));
    for (let index = 0; index < 30; index++) nodeRed.node('it').receive({ payload: index });
    await until(() => seen.caught.length === 30 || undefined, 'the Catch node');
    const before = nodeRed.logs.filter((line) => line.includes('holds 0.5 l')).length;
    expect(before).toBeLessThan(5);
  });

  it('gives every branch of a fork its own typed array, without the larger buffer behind it', async () => {
    await nodeRed.deploy([
      ...one('source', { wires: [['received', 'second']] }),
      { id: 'second', type: 'collects-received', ...at, wires: [] },
    ]);
    const large = new Float32Array(1000).fill(7);
    nodeRed.node('it').receive({ first: { payload: { data: large.subarray(0, 4) } } });
    await until(() => seen.received.length === 2, 'both branches');
    const [a, b] = seen.received.map(({ payload }) => (payload as { data: Float32Array }).data);
    expect(a?.buffer.byteLength).toBe(16);
    expect(b?.buffer.byteLength).toBe(16);
    expect(Array.from(b ?? [])).toEqual([7, 7, 7, 7]);
    expect(a?.buffer).not.toBe(b?.buffer);
  });

  it('refuses to send what would not survive the cloning, at the node that sends it', async () => {
    class Secret {
      #value = 1;
      read() {
        return this.#value;
      }
    }
    await nodeRed.deploy(one('source'));
    nodeRed.node('it').receive({ first: { payload: { deep: new Secret() } } });
    await until(() => seen.caught.length > 0, 'the Catch node');
    expect(problems()).toMatchObject([
      { code: 'MESSAGE_NOT_PLAIN', message: 'msg.payload.deep is a Secret, not plain data' },
    ]);
    expect(seen.received).toEqual([]);
  });

  it('owns the Buffers it receives: another branch of a fork cannot change them', async () => {
    await nodeRed.deploy(one('holds'));
    const shared = Buffer.from('mill');
    nodeRed.node('it').receive({ payload: shared });
    await until(() => release !== undefined, 'the message to be taken');
    shared.fill(0);
    release?.();
    await until(() => seen.received.length > 0, 'the message');
    expect(String(seen.received[0]?.['payload'])).toBe('mill');
  });

  it('says that a node without x and y will not work', async () => {
    await nodeRed.deploy([tab, ...watchers, { id: 'it', type: 'passes', z: 'tab', wires: [['received']] }]);
    await until(() => problems().length > 0, 'the problem');
    expect(problems()).toMatchObject([{ code: 'NODE_WITHOUT_POSITION', node: 'it' }]);
    await until(() => seen.caught.length > 0, 'the Catch node');
  });

  it('names the setting that is wrong, with its value', async () => {
    await nodeRed.deploy(one('passes', { litres: '-3' }));
    await until(() => problems().length > 0, 'the problem');
    expect(problems()).toMatchObject([{ code: 'SETTING_INVALID', title: 'wrong setting' }]);
    expect((problems()[0] as { message: string }).message).toContain('setting "litres" is "-3"');
    await until(() => seen.caught.length > 0, 'the Catch node');
    expect(seen.caught).toMatchObject([{ error: { code: 'SETTING_INVALID', source: { id: 'it' } } }]);
  });

  it('substitutes environment variables before it reads a setting', async () => {
    process.env['MILLRACE_TEST_LITRES'] = '2.5';
    await nodeRed.deploy([
      ...one('draws', { tank: 'the-tank' }),
      { id: 'the-tank', type: 'tank', litres: '${MILLRACE_TEST_LITRES}' },
    ]);
    nodeRed.node('it').receive({});
    await until(() => seen.received.length > 0, 'the message');
    delete process.env['MILLRACE_TEST_LITRES'];
    expect(seen.received[0]).toMatchObject({ litres: 2.5 });
  });

  it('gives what a config node shares, a default where none is chosen, and the config node’s own error', async () => {
    await nodeRed.deploy(one('draws'));
    nodeRed.node('it').receive({});
    await until(() => seen.received.length > 0, 'the message');
    expect(seen.received[0]).toMatchObject({ litres: 'default' });

    await nodeRed.deploy([...one('draws', { tank: 'the-tank' }), { id: 'the-tank', type: 'tank', litres: 0 }]);
    nodeRed.node('it').receive({ id: 'late' });
    await until(() => seen.caught.some(({ id }) => id === 'late'), 'the Catch node');
    expect(problems().filter(({ node }) => node === 'it')).toMatchObject([{ code: 'KETTLE_EMPTY' }]);

    await nodeRed.deploy(one('draws', { tank: 'gone' }));
    await until(() => problems().some((view) => view.code === 'CONFIG_NODE_MISSING'), 'the problem');
  });

  it('runs a node’s code so that it can be told whose it is', async () => {
    await nodeRed.deploy(one('passes'));
    nodeRed.node('it').receive({ payload: 1 });
    await until(() => seen.received.length > 0, 'the message');
    expect(currentNode()).toBeUndefined();
  });
});

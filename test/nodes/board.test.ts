import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import { type Boards, createBoards } from '../../runtime/devices/index.ts';
import { type BoardView, reading, type View } from '../../runtime/messages/index.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { registerDeviceNodes } from '../support/device-nodes.ts';
import {
  type EmbeddedNodeRed,
  type FlowNode,
  type Message,
  registerCollectors,
  startNodeRed,
  until,
} from '../support/node-red.ts';

const views = createViewHub();
const shown: View[] = [];
views.listen((view) => shown.push(view));

const real = createBoards({ clock: systemClock });
/** A board called "hardware" answers as one that is not virtual would: its world cannot be changed. */
const boards: Boards = {
  ...real,
  async open(id, settings) {
    const opened = await real.open(id, settings);
    return settings.name === 'hardware' ? { ...opened, virtual: false, setWorld: async () => undefined } : opened;
  },
};

let nodeRed: EmbeddedNodeRed;
const sent: Message[] = [];
const caught: Message[] = [];

beforeAll(async () => {
  const host = {
    services: { clock: systemClock, views, boards },
  } as unknown as Host;
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      registerDeviceNodes(red, host);
      registerCollectors(red, { sent, caught });
    },
  });
});
afterAll(async () => {
  await nodeRed.stop();
  await real.close();
});

/** Deploys, and forgets what the flow before still sent. */
async function deploy(nodes: readonly FlowNode[], type?: 'nodes'): Promise<void> {
  for (const list of [caught, shown]) list.length = 0;
  await nodeRed.deploy(nodes, type);
  sent.length = 0;
}

const at = { z: 'tab', x: 100, y: 100 };
const flow = (...nodes: readonly FlowNode[]): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'test' },
  ...nodes.map((node) => (node.type === 'board' ? node : { ...at, wires: [['out']], ...node })),
  { id: 'out', type: 'collects-sent', ...at, wires: [] },
  { id: 'catch', type: 'catch', ...at, scope: null, wires: [['errors']] },
  { id: 'errors', type: 'collects-caught', ...at, wires: [] },
];
const count = (list: readonly Message[], wanted: number) =>
  until(() => (list.length >= wanted ? list : undefined), `${wanted} messages`);
const problems = () =>
  until(() => {
    const found = shown.filter((view) => view.kind === 'problem');
    return found.length > 0 ? found : undefined;
  }, 'a problem in the sidebar');
const lastBoard = () => shown.findLast((view): view is BoardView => view.kind === 'board');
const lamp = () => lastBoard()?.pins.find(({ pin }) => pin === 'D13')?.value;

describe('pins', () => {
  it('reads the virtual pump at 100 Hz without any setting', async () => {
    await deploy(flow({ id: 'pins', type: 'pins' }));
    const messages = (await count(sent, 50)).slice(0, 50);
    for (const message of messages) expect(reading.safeParse(message).success).toBe(true);
    expect(Object.keys(messages[0]?.['payload'] as object)).toEqual(['x', 'y', 'z', 'temperature']);
    expect(messages[0]).toMatchObject({ topic: 'pins', source: 'virtual pump' });
    expect(messages[0]).not.toHaveProperty('unit');
    const times = messages.map(({ time }) => time as number);
    expect(times.slice(1).map((time, i) => time - (times[i] ?? 0))).toEqual(Array.from({ length: 49 }, () => 10));
    expect(new Set(messages.map(({ id }) => id)).size).toBe(50);
    const view = await until(() => shown.find(({ kind }) => kind === 'readings'), 'a view');
    expect(view).toMatchObject({ node: 'pins', channels: [{ name: 'x' }, { name: 'y' }, { name: 'z' }, {}] });
  });

  it('changes the world of a virtual board, and refuses a change that makes no sense', async () => {
    await deploy(
      flow(
        { id: 'board-1', type: 'board', name: 'bench' },
        { id: 'pins', type: 'pins', board: 'board-1', rate: '50', topic: 'mill', name: 'mill' },
      ),
    );
    const [message] = await count(sent, 1);
    expect(message).toMatchObject({ topic: 'mill', source: 'bench' });
    nodeRed.node('pins').receive({ world: { bearing: 'worn' } });
    await until(() => lastBoard()?.world['bearing'] === 'worn' || undefined, 'the change in the sidebar');
    nodeRed.node('pins').receive({ world: { bearing: 'rusty' } });
    const [error] = await count(caught, 1);
    expect(error?.['error']).toMatchObject({ code: 'WORLD_INVALID' });
    expect(nodeRed.statuses.findLast(({ id }) => id === 'pins')?.status.text).toBe('unknown world');
    expect(lastBoard()?.world['bearing']).toBe('worn');
  });

  it('says on real hardware that a world cannot be changed, and reads on', async () => {
    await deploy(
      flow({ id: 'board-1', type: 'board', name: 'hardware' }, { id: 'pins', type: 'pins', board: 'board-1' }),
    );
    nodeRed.node('pins').receive({ world: { bearing: 'worn' } });
    // Without the locale, which the build adds, the key is the text.
    await nodeRed.status('pins', (text) => text.startsWith('pins.status.noWorld'));
    const before = sent.length;
    await count(sent, before + 5);
    expect(caught).toEqual([]);
  });

  it('keeps reading from its board when another node on it is deployed anew', async () => {
    const nodes = (period: number) =>
      flow(
        { id: 'board-1', type: 'board', name: 'bench' },
        { id: 'pins', type: 'pins', board: 'board-1' },
        { id: 'sensor', type: 'sensor', board: 'board-1', period },
      );
    await deploy(nodes(1));
    await count(sent, 10);
    await deploy(nodes(0.5), 'nodes');
    await count(sent, sent.length + 30);
    const times = sent.filter(({ topic }) => topic === 'pins').map(({ time }) => time as number);
    expect(new Set(times.slice(1).map((time, i) => time - (times[i] ?? 0)))).toEqual(new Set([10]));
    expect(sent.some((message) => 'missing' in message)).toBe(false);
  });
});

describe('sensor', () => {
  it('sends the temperature with its unit without any setting', async () => {
    await deploy(flow({ id: 'sensor', type: 'sensor' }));
    const [message] = await count(sent, 1);
    expect(message).toMatchObject({ unit: '°C', topic: 'sensor', source: 'virtual pump' });
    expect(message?.['payload']).toBeGreaterThan(25);
    expect(message?.['payload']).toBeLessThan(50);
  });

  it('says which pins there are where the board lacks its own, while the others go on', async () => {
    await deploy(flow({ id: 'lost', type: 'sensor', pin: 'A9' }, { id: 'fine', type: 'sensor', period: 0.1 }));
    await nodeRed.status('lost', (text) => text === 'no such pin');
    const [problem] = await problems();
    expect(problem).toMatchObject({
      node: 'lost',
      code: 'PIN_UNKNOWN',
      message: expect.stringMatching(/no pin "A9".*A0, A1, A2, A3, A4, A5/) as string,
    });
    await count(sent, 2);
    expect(sent.every(({ topic }) => topic === 'fine' || topic === 'sensor')).toBe(true);
  });
});

describe('actuator', () => {
  it('lights the LED of the board, and refuses what means nothing to it', async () => {
    await deploy(
      flow(
        { id: 'board-1', type: 'board', name: 'bench' },
        { id: 'lamp', type: 'actuator', board: 'board-1', wires: [] },
        { id: 'arm', type: 'actuator', board: 'board-1', kind: 'servo', pins: ['9'], property: 'angle', wires: [] },
      ),
    );
    await until(() => lastBoard()?.pins.length === 2 || undefined, 'the board');
    nodeRed.node('lamp').receive({ payload: true });
    await until(() => lamp() === 1 || undefined, 'light');
    expect(lastBoard()?.pins.find(({ pin }) => pin === 'D13')?.label).toBe('LED');
    nodeRed.node('lamp').receive({ payload: 'off' });
    await until(() => lamp() === 0 || undefined, 'darkness');
    nodeRed.node('arm').receive({ angle: 30, payload: 'ignored' });
    await until(() => lastBoard()?.pins.find(({ pin }) => pin === 'D9')?.value === 30 || undefined, 'the angle');
    nodeRed.node('lamp').receive({ payload: { label: 'healthy' } });
    const [error] = await count(caught, 1);
    expect(error?.['error']).toMatchObject({ code: 'VALUE_INVALID' });
    expect(lamp()).toBe(0);
  });

  it('names the node that holds the pin, and gets it once that node is gone', async () => {
    const second: FlowNode = { id: 'second', type: 'actuator', name: 'second', wires: [] };
    await deploy(flow({ id: 'first', type: 'actuator', name: 'red lamp', wires: [] }, second));
    await nodeRed.status('second', (text) => text === 'pin is taken');
    const [problem] = await problems();
    expect(problem?.message).toContain('"red lamp" holds it');
    await deploy(flow(second));
    nodeRed.node('second').receive({ payload: 1 });
    await nodeRed.status('second', (text) => text.startsWith('actuator.status.on'));
  });
});

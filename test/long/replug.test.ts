/** A real board is pulled out and plugged in again and again under a flow that samples it. */
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVirtualPort, type VirtualPort } from '../../scripts/virtual-port.ts';
import { type EmbeddedNodeRed, type FlowNode, type Message, startNodeRed, until } from '../support/node-red.ts';

const TURNS = Number(process.env['MILLRACE_REPLUGS'] ?? 50);
const root = resolve(import.meta.dirname, '../..');

interface Red {
  readonly nodes: {
    createNode(node: unknown, config: unknown): void;
    registerType(
      type: string,
      make: (
        this: {
          on(event: 'input', listener: (message: Message, send: unknown, done: () => void) => void): void;
        },
        config: FlowNode,
      ) => void,
    ): void;
  };
}

const taken: { readonly from: string; readonly message: Message; readonly at: number }[] = [];
const count = (from: string) => taken.filter((each) => each.from === from).length;
let nodeRed: EmbeddedNodeRed;
let port: VirtualPort;

const placed = { z: 'tab', x: 100, y: 100 };
const flow = (period = 0.1): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'replug' },
  { id: 'uno', type: 'board', name: 'on the bench', kind: 'serial', port: port.path },
  {
    ...{ id: 'fast', type: 'pins', ...placed, board: 'uno', rate: 100, wires: [['takes-fast']] },
    channels: [{ name: 'x', pin: 'A0', kind: 'volts' }],
  },
  {
    ...{ id: 'slow', type: 'sensor', ...placed, board: 'uno', kind: 'tmp36', pins: ['A3'], period },
    wires: [['takes-slow']],
  },
  { id: 'lamp', type: 'actuator', ...placed, board: 'uno', kind: 'led', pins: ['D13'], wires: [] },
  { id: 'takes-fast', type: 'takes', ...placed, wires: [] },
  { id: 'takes-slow', type: 'takes', ...placed, wires: [] },
];

beforeAll(async () => {
  port = await openVirtualPort();
  nodeRed = await startNodeRed({
    nodesDir: [resolve(root, 'dist/millrace')],
    register: (red: Red) => {
      red.nodes.registerType('takes', function (config) {
        red.nodes.createNode(this, config);
        this.on('input', (message, _send, done) => {
          taken.push({ from: config.id.replace('takes-', ''), message, at: Date.now() });
          done();
        });
      });
    },
  });
  await nodeRed.deploy(flow());
  await until(() => count('fast') > 10 && count('slow') > 2, 'the first samples', 60_000);
}, 120_000);
afterAll(async () => {
  await nodeRed.stop();
  await port.close();
});

describe('a flow on a real board', () => {
  it('keeps the board running when only a sensor is changed', async () => {
    const lost = () => nodeRed.statuses.filter(({ status }) => status.text === 'board lost').length;
    nodeRed.node('lamp').receive({ payload: true });
    const before = lost();
    const from = taken.length;
    for (const [turn, type] of (['nodes', 'flows', 'nodes'] as const).entries()) {
      const had = count('slow');
      await nodeRed.deploy(flow(0.2 + turn / 10), type);
      await until(() => count('slow') > had, `a value after a deploy of ${type}`);
    }
    expect(lost()).toBe(before);
    // The reader that was not touched went on: a busy machine drops some samples, a board that is started again as many as this.
    const missing = taken.slice(from).map(({ message }) => Number(message['missing'] ?? 0));
    expect(Math.max(...missing)).toBeLessThan(50);
  });

  it(`gives no stale value after ${TURNS} times that it is unplugged, and resumes each time`, async () => {
    await nodeRed.deploy(flow());
    for (let turn = 0; turn < TURNS; turn++) {
      const had = count('fast');
      await until(() => count('fast') > had + 5 && count('slow') > 0, `samples in turn ${turn}`, 60_000);
      await port.unplug();
      const seen = nodeRed.statuses.length;
      const since = () => nodeRed.statuses.slice(seen).filter(({ status }) => status.fill === 'red');
      await until(
        () => ['fast', 'slow'].every((id) => since().some((each) => each.id === id)) || undefined,
        `the status in turn ${turn}`,
      );
      const silentFrom = taken.length;
      // Long enough for whatever was under way between the port and the flow.
      await new Promise((resolve) => setTimeout(resolve, 150 + (turn % 5) * 100));
      expect(taken.length - silentFrom, `stale values in turn ${turn}`).toBe(0);
      taken.length = 0;
      const plugged = Date.now();
      await port.plugIn();
      await until(() => count('fast') > 0 && count('slow') > 0, `the return in turn ${turn}`, 60_000);
      const [first] = taken.filter(({ from }) => from === 'fast');
      expect(first?.message['time']).toBeGreaterThanOrEqual(plugged - 5);
      expect(first?.message['missing']).toBeGreaterThan(0);
    }
  });

  it('may be unplugged while it is deployed, and plugged in after', async () => {
    await Promise.all([nodeRed.deploy(flow()), port.unplug()]);
    await nodeRed.status('fast', (text) => text !== '');
    taken.length = 0;
    await port.plugIn();
    await until(() => count('fast') > 5, 'samples', 60_000);
  });
});

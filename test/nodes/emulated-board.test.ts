import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import { createBoards } from '../../runtime/devices/index.ts';
import type { BoardView, View } from '../../runtime/messages/index.ts';
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
const boards = createBoards({ clock: systemClock });
const sent: Message[] = [];
const caught: Message[] = [];
let nodeRed: EmbeddedNodeRed;

beforeAll(async () => {
  const host = { services: { clock: systemClock, views, boards } } as unknown as Host;
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      registerDeviceNodes(red, host);
      registerCollectors(red, { sent, caught });
    },
  });
});
afterAll(async () => {
  await nodeRed.stop();
  await boards.close();
});

const at = { z: 'tab', x: 100, y: 100 };
const deploy = async (...nodes: readonly FlowNode[]) => {
  await nodeRed.deploy([
    { id: 'tab', type: 'tab', label: 'test' },
    ...nodes.map((node) => (node.type === 'board' ? node : { ...at, wires: [['out']], ...node })),
    { id: 'out', type: 'collects-sent', ...at, wires: [] },
  ]);
  sent.length = 0;
};
/** What the sidebar shows of a pin: measured at the pins of the chip. */
const pin = (name: string) =>
  shown.findLast((view): view is BoardView => view.kind === 'board')?.pins.find((shownPin) => shownPin.pin === name)
    ?.value;

const PINS = ['A0', 'A1', 'A2', 'A3', 'A4', 'A5'];

describe('nodes on the emulated chip, with its real firmware', () => {
  it.each([
    [0, 1, 511, 512, 1022, 1023],
    [3, 100, 333, 666, 777, 1000],
  ])('read exactly the counts that are on the pins: %d, %d, %d, %d, %d, %d', async (...counts) => {
    // In the middle of each step of the converter.
    const signals = PINS.map((to, index) => ({
      type: 'constant',
      to,
      as: 'volts',
      value: (((counts[index] ?? 0) + 0.5) * 5) / 1024,
    }));
    await deploy(
      { id: 'board-1', type: 'board', name: 'bench', kind: 'emulated', scene: 'own', signals },
      ...PINS.map((name) => ({
        id: `sensor-${name}`,
        type: 'sensor',
        board: 'board-1',
        kind: 'voltage',
        pins: [name],
        topic: `at ${name}`,
        period: 0.2,
      })),
    );
    const read = await until(() => {
      const last = PINS.map((name) => sent.findLast(({ topic }) => topic === `at ${name}`));
      const bySensor = last.every(Boolean) ? last : undefined;
      return bySensor?.map((message) => message?.['payload'] as number);
    }, 'a reading of every pin');
    expect(read.map((value) => (value * 1023) / 5).map((value) => Math.round(value * 1e6) / 1e6)).toEqual(counts);
  });

  it('switch, fade and turn what is on its pins', async () => {
    const on = (id: string, kind: string, name: string) => ({
      ...{ id, type: 'actuator', board: 'board-1', kind, pins: [name], wires: [] },
    });
    await deploy(
      { id: 'board-1', type: 'board', name: 'bench', kind: 'emulated' },
      on('lamp', 'led', 'D13'),
      on('timer', 'led', 'D6'),
      on('software', 'led', 'D10'),
      on('arm', 'servo', 'D9'),
    );
    await until(() => pin('D9') !== undefined || undefined, 'the board');
    for (const [lamp, duty, angle] of [
      [true, 0.2, 30],
      [false, 0.8, 150],
      [true, 1, 90],
    ] as const) {
      nodeRed.node('lamp').receive({ payload: lamp });
      nodeRed.node('timer').receive({ payload: duty });
      nodeRed.node('software').receive({ payload: duty });
      nodeRed.node('arm').receive({ payload: angle });
      const near = (name: string, value: number, by: number) => Math.abs(Number(pin(name) ?? NaN) - value) <= by;
      await until(
        () =>
          (near('D13', Number(lamp), 0) && near('D6', duty, 0.01) && near('D10', duty, 0.01) && near('D9', angle, 1)) ||
          undefined,
        `lamp ${lamp}, duty ${duty}, angle ${angle}`,
      );
    }
  });
});

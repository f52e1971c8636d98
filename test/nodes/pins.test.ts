import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import { createBoards } from '../../runtime/devices/index.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { registerDeviceNodes } from '../support/device-nodes.ts';
import { type EmbeddedNodeRed, type Message, registerCollectors, startNodeRed, until } from '../support/node-red.ts';

const boards = createBoards({ clock: systemClock });
const sent: Message[] = [];
const caught: Message[] = [];
let nodeRed: EmbeddedNodeRed;

beforeAll(async () => {
  const host = { services: { clock: systemClock, views: createViewHub(), boards } } as unknown as Host;
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

const deploy = async (channels: readonly object[]) => {
  // What the flow before sends until it is stopped is not this one's.
  await nodeRed.deploy([]);
  sent.length = 0;
  caught.length = 0;
  const at = { z: 'tab', x: 100, y: 100 };
  return nodeRed.deploy([
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'board-1', type: 'board', name: 'wrist', kind: 'virtual', scene: 'wrist' },
    { ...at, id: 'pins', type: 'pins', name: 'motion', board: 'board-1', channels, rate: 100, wires: [['out']] },
    { ...at, id: 'out', type: 'collects-sent', wires: [] },
    { ...at, id: 'catch', type: 'catch', scope: null, wires: [['errors']] },
    { ...at, id: 'errors', type: 'collects-caught', wires: [] },
  ]);
};

it('sends what a chip senses, with the unit that all of it has', async () => {
  await deploy((['x', 'y', 'z'] as const).map((name) => ({ name, kind: `mpu6050-acceleration-${name}` })));
  await until(() => sent.length > 20, 'readings');
  const { payload, unit } = sent.at(-1) as { payload?: Record<string, number>; unit?: string };
  expect(unit).toBe('g');
  expect(Object.keys(payload ?? {})).toEqual(['x', 'y', 'z']);
  expect(Math.hypot(...Object.values(payload ?? {}))).toBeGreaterThan(0.2);
});

it('says at the node that a chip is not there', async () => {
  await deploy([{ name: 'x', kind: 'adxl345-x' }]);
  await until(() => caught.length > 0, 'an error');
  expect(JSON.stringify(caught[0])).toContain('CHIP_ABSENT');
  expect(sent).toEqual([]);
});

/** Where the package that opens serial ports is not installed, or does not load, boards of every other kind go on. */
import { registerHooks } from 'node:module';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import { createBoards } from '../../runtime/devices/index.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { registerDeviceNodes } from '../support/device-nodes.ts';
import { type EmbeddedNodeRed, type Message, registerCollectors, startNodeRed, until } from '../support/node-red.ts';

const hooks = registerHooks({
  resolve(specifier, context, next) {
    if (/(^|\/)serialport(\/|$)/.test(specifier))
      throw new Error('cannot find the package serialport\nRequire stack: …');
    return next(specifier, context);
  },
});
const boards = createBoards({ clock: systemClock });
const [sent, caught]: [Message[], Message[]] = [[], []];
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
  hooks.deregister();
});

const last = (id: string) => nodeRed.statuses.findLast((event) => event.id === id)?.status;

it('says once what is missing and what to install', async () => {
  const at = { z: 'tab', x: 100, y: 100 };
  const reader = { ...at, type: 'pins', rate: 50, channels: [{ name: 'x', pin: 'A0', kind: 'volts' }] };
  await nodeRed.deploy([
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'real', type: 'board', name: 'on the bench', kind: 'serial', port: '/dev/ttyACM0' },
    { id: 'other', type: 'board', name: 'twin', kind: 'virtual' },
    { ...reader, id: 'reads-real', board: 'real', wires: [[]] },
    { ...reader, id: 'reads-other', board: 'other', wires: [['out']] },
    { ...at, id: 'out', type: 'collects-sent', wires: [] },
    { ...at, id: 'catch', type: 'catch', scope: null, wires: [['errors']] },
    { ...at, id: 'errors', type: 'collects-caught', wires: [] },
  ]);
  await until(() => last('reads-real')?.fill === 'red', 'the status in red');
  const before = sent.length;
  await until(() => sent.length > before + 10, 'readings of the other board');
  expect(last('reads-real')).toMatchObject({ fill: 'red', text: 'no serial support' });
  expect(last('reads-other')).toMatchObject({ fill: 'green' });
  expect(caught.map(({ error }) => error)).toEqual([
    expect.objectContaining({
      code: 'SERIAL_UNAVAILABLE',
      source: expect.objectContaining({ id: 'reads-real' }) as unknown,
      message: expect.stringMatching(/: cannot find the package serialport — Run `npm install serialport@/) as string,
    }),
  ]);
  expect(nodeRed.logs.filter((line) => line.includes('SERIAL_UNAVAILABLE'))).toHaveLength(1);
});

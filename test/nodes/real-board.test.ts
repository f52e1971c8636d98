/** What the nodes on a real board say while it is connected, lost, and back. */
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as windowConfig from '../../nodes/window/config.ts';
import window from '../../nodes/window/node.ts';
import { type Clock, systemClock } from '../../runtime/base/index.ts';
import { createBoards } from '../../runtime/devices/index.ts';
import type { Host, Red } from '../../runtime/node-red/index.ts';
import { createViewHub } from '../../runtime/services/index.ts';
import { signal } from '../../runtime/signal/index.ts';
import { openVirtualBoard, type VirtualBoard } from '../../scripts/virtual-port.ts';
import { registerDeviceNodes } from '../support/device-nodes.ts';
import { type EmbeddedNodeRed, type Message, registerCollectors, startNodeRed, until } from '../support/node-red.ts';

/** Nobody waits for the three seconds that a deploy gives a board at the most. */
const clock: Clock = { ...systemClock, after: (ms, task) => systemClock.after(ms === 3000 ? 0 : ms, task) };
const boards = createBoards({ clock });
const [sent, caught]: [Message[], Message[]] = [[], []];
const [samples, windows]: [Message[], Message[]] = [[], []];
const levels: number[] = [];
const held: Socket[] = [];
let nodeRed: EmbeddedNodeRed;
let uno: VirtualBoard;
let through = false;
/** The way to the board: a connection stands, but nothing comes of it before it is let through. */
const gate = createServer((socket) => {
  socket.on('error', () => undefined);
  held.push(socket);
  if (through) join(socket);
});
const join = (socket: Socket) => {
  const line = connect(uno.port, '127.0.0.1');
  line.on('error', () => socket.destroy());
  line.on('close', () => socket.destroy());
  socket.on('close', () => line.destroy());
  socket.pipe(line).pipe(socket);
};

beforeAll(async () => {
  uno = await openVirtualBoard({ onPin: (pin, { value }) => pin === 13 && levels.push(value) });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  const host = {
    services: { clock, views: createViewHub(), boards, signal },
  } as unknown as Host;
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      registerDeviceNodes(red, host);
      window(red, host, windowConfig.palette);
      registerCollectors(red, { sent, caught, samples, windows });
    },
  });
});
afterAll(async () => {
  await nodeRed.stop();
  await boards.close();
  await uno.close();
  for (const socket of held) socket.destroy();
  gate.close();
});

const NODES = ['lamp', 'arm', 'warm', 'motion'];
const text = (id: string) => nodeRed.statuses.findLast((event) => event.id === id)?.status.text ?? '';
const saying = (id: string, word: string) => until(() => text(id).includes(word), `${id} says ${word}`);

it('is grey while the board is connected, keeps what is sent meanwhile, and shows what its pin is at after a loss', async () => {
  const at = { z: 'tab', x: 100, y: 100, board: 'real' };
  const address = gate.address();
  const tcpPort = typeof address === 'object' ? address?.port : 0;
  await nodeRed.deploy([
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'real', type: 'board', name: 'workbench', kind: 'tcp', host: '127.0.0.1', tcpPort },
    { ...at, id: 'lamp', type: 'actuator', kind: 'led', pins: ['D13'], format: 1 },
    { ...at, id: 'arm', type: 'actuator', kind: 'servo', pins: ['D9'], format: 1 },
    { ...at, id: 'warm', type: 'sensor', kind: 'tmp36', pins: ['A3'], period: 0.1, format: 1, wires: [['out']] },
    {
      ...at,
      id: 'motion',
      type: 'pins',
      rate: 50,
      channels: [{ name: 'x', pin: 'A0', kind: 'volts' }],
      wires: [['cut', 'samples']],
    },
    { ...at, id: 'cut', type: 'window', length: 50, stride: 50, wires: [['windows']] },
    { ...at, id: 'windows', type: 'collects-windows', wires: [] },
    { ...at, id: 'samples', type: 'collects-samples', wires: [] },
    { ...at, id: 'out', type: 'collects-sent', wires: [] },
    { ...at, id: 'catch', type: 'catch', scope: null, wires: [['errors']] },
    { ...at, id: 'errors', type: 'collects-caught', wires: [] },
  ]);
  await until(() => held.length > 0, 'the board is being connected');
  nodeRed.node('lamp').receive({ payload: true });
  await systemClock.sleep(300);
  for (const id of NODES)
    expect(nodeRed.statuses.findLast((event) => event.id === id)?.status).toMatchObject({
      fill: 'grey',
      text: expect.stringContaining('.status.co') as string,
    });
  through = true;
  for (const socket of held) join(socket);
  await saying('lamp', 'status.on');
  await until(() => levels.at(-1) === 1, 'the lamp is on');
  await saying('arm', 'status.re');
  await saying('motion', 'rate');
  await until(() => sent.length > 2, 'readings');
  expect(caught).toEqual([]);
  expect(nodeRed.statuses.filter(({ status }) => status.fill === 'red')).toEqual([]);

  const half = () => windows.length > 0 && samples.length % 50 > 10 && samples.length % 50 < 40;
  await until(half, 'the middle of a window');
  await uno.unplug();
  for (const id of NODES)
    await until(() => nodeRed.statuses.findLast((e) => e.id === id)?.status.fill === 'red', `${id} in red`);
  // What the nodes are told of a board is the same at all of them, a message that it does not get included.
  nodeRed.node('lamp').receive({ payload: false });
  await systemClock.sleep(300);
  expect(new Set(NODES.map(text)).size).toBe(1);
  const before = sent.length;
  const [whole, taken] = [windows.length, samples.length];
  levels.length = 0;
  await uno.plugIn();
  await saying('lamp', 'status.off');
  await saying('arm', 'status.re');
  // Readings go on after whatever was sent to the pin, which is low when the board wakes.
  await until(() => sent.length > before + 2, 'readings');
  expect(levels).not.toContain(1);
  // The first sample says what is missing before it, and no window holds readings from before and after so long an outage.
  await until(() => windows.length > whole + 1, 'windows');
  expect(Number(samples[taken]?.['missing'])).toBeGreaterThan(25);
  const outage = { from: Number(samples[taken - 1]?.['time']), to: Number(samples[taken]?.['time']) };
  for (const { payload, time } of windows) {
    const { start } = payload as { start: number };
    expect(Number(time) <= outage.from || start >= outage.to).toBe(true);
  }
});

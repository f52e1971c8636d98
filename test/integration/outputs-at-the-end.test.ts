/** What a board's outputs are at when the process has ended, as its pins are measured at the other end of the line. */
import { afterEach, expect, it } from 'vitest';
import { openVirtualBoard, type VirtualBoard } from '../../scripts/virtual-port.ts';
import { UNO, pinName } from '../../runtime/devices/virtual/uno.ts';
import type { FlowNode } from '../support/node-red.ts';
import { until } from '../support/node-red.ts';
import { startStudio } from '../support/studio.ts';

let board: VirtualBoard | undefined;
afterEach(() => board?.close());

/** Actuators, what each is set to, and what its pins are at then and at the end: levels, duties, pulses. */
const OUTPUTS = [
  { kind: 'led', pins: ['D13'], set: true, during: [1], after: [0] },
  { kind: 'led', pins: ['D3'], set: 0.4, during: [102], after: [0] },
  // A high pin switches it off.
  { kind: 'relay', pins: ['D7'], options: { type: 'NC' }, set: true, during: [0], after: [1] },
  { kind: 'relay', pins: ['D8'], set: true, during: [1], after: [0] },
  { kind: 'servo', pins: ['D9'], options: { stopAngle: 0 }, set: 120, during: [1800], after: [600] },
  { kind: 'servo', pins: ['D10'], options: { stop: 'leave' }, set: 120, during: [1800], after: [1800] },
  { kind: 'servo-continuous', pins: ['D12'], set: 1, during: [2000], after: [1500] },
  { kind: 'motor-directional', pins: ['D5', 'D4'], set: -0.2, during: [51, 0], after: [0, 0] },
  { kind: 'esc', pins: ['D2'], options: { arming: 0 }, set: 0.5, during: [1500], after: [1000] },
] as const;

it('is safe for every one of them after the process was told to end', async () => {
  const pins = new Map<string, number>();
  board = await openVirtualBoard({
    onPin: (pin, { value }) => void pins.set(pinName(pin, UNO[pin]?.analog), value),
  });
  const flow: FlowNode[] = [
    { id: 'tab', type: 'tab', label: 'Flow 1' },
    { id: 'far-board', type: 'board', name: 'far', kind: 'tcp', host: '127.0.0.1', tcpPort: board.port },
    ...OUTPUTS.flatMap(({ set, during: _, after: __, ...settings }, at): FlowNode[] => [
      {
        ...{
          id: `push-${at}`,
          type: 'inject',
          z: 'tab',
          x: 100,
          y: 40 * at + 40,
          once: true,
          onceDelay: 0.5,
          repeat: '1',
        },
        ...{ payload: String(set), payloadType: typeof set === 'number' ? 'num' : 'bool', topic: '' },
        ...{ props: [{ p: 'payload' }], wires: [[`output-${at}`]] },
      },
      {
        id: `output-${at}`,
        type: 'actuator',
        z: 'tab',
        x: 300,
        y: 40 * at + 40,
        ...settings,
        board: 'far-board',
        format: 1,
        wires: [],
      },
    ]),
  ];
  const studio = await startStudio({ flow });
  const at = () => OUTPUTS.map(({ pins: wired }) => wired.map((pin) => pins.get(pin) ?? 0));
  try {
    await until(() => JSON.stringify(at()) === JSON.stringify(OUTPUTS.map(({ during }) => during)), 'outputs');
  } catch (error) {
    throw new Error(`${JSON.stringify(at())}\n${studio.output()}`, { cause: error });
  } finally {
    // As Ctrl-C would.
    expect(await studio.stop()).toBe(0);
  }
  await until(() => board?.open() === 0, 'the end of the line');
  expect(at()).toEqual(OUTPUTS.map(({ after }) => after));
}, 120_000);

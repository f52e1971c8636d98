import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock, type MillraceError } from '../../../runtime/base/index.ts';
import type { ActuatorKind } from '../../../runtime/devices/catalogue/actuators.ts';
import { type Board, createBoards } from '../../../runtime/devices/index.ts';
import { deedOf } from '../../../runtime/devices/session/deeds.ts';
import type { OutputRequest } from '../../../runtime/devices/types.ts';
import { MODE } from '../../../runtime/devices/virtual/protocol.ts';

const boards = createBoards({ clock: systemClock });
const opened: Board[] = [];
let count = 0;

async function open(settings: Parameters<typeof boards.open>[1] = {}): Promise<Board> {
  const board = await boards.open(`outputs-${++count}`, { name: 'bench', ...settings });
  opened.push(board);
  return board;
}

afterEach(async () => {
  for (const board of opened.splice(0)) await board.close();
});

const code = (wanted: string, words = '') =>
  expect.objectContaining({ code: wanted, message: expect.stringMatching(words) as string }) as unknown;

describe('an output on a chip', () => {
  it('is refused where no chip answers, and the board goes on for others', async () => {
    const board = await open();
    const lost: MillraceError[] = [];
    const asked = {
      holder: 'lamp',
      kind: 'led-pca9685',
      pins: [],
      lost: (error: MillraceError) => void lost.push(error),
    } as const;
    const lamp = board.output(asked);
    await vi.waitFor(() => expect(lost).toEqual([code('CHIP_ABSENT', '0x40')]), 10_000);
    await expect(lamp.set(1)).rejects.toThrow(code('CHIP_ABSENT', '0x40'));
    expect(await board.output({ holder: 'led', kind: 'led', pins: ['D13'] }).set(true)).toBe(1);
  });

  it('is one node’s alone, while others have the chip’s other outputs', async () => {
    const board = await open();
    const on = (holder: string, channel: number, kind: 'led-pca9685' | 'servo-pca9685' = 'led-pca9685') =>
      board.output({ holder, kind, pins: [], options: { channel } });
    const first = on('first', 3);
    expect(() => on('second', 3)).toThrow(code('PIN_TAKEN', 'first'));
    on('second', 4, 'servo-pca9685');
    expect(() => board.output({ holder: 'third', kind: 'output-pcf8574', pins: [], address: 0x40 })).toThrow(
      code('ADDRESS_INVALID'),
    );
    expect(() => board.output({ holder: 'sensor', kind: 'led', pins: ['A4'] })).toThrow(code('PIN_TAKEN', 'first'));
    await first.close();
    on('third', 3);
  });

  it('is refused where the scene has another chip, before anything is written to that', async () => {
    const board = await open({ scene: 'room' });
    const lost: MillraceError[] = [];
    const place = { pins: [], address: 0x27, lost: (error: MillraceError) => void lost.push(error) };
    const lamp = board.output({ holder: 'lamp', kind: 'output-mcp23017', ...place });
    const wrong = code('CHIP_WRONG', '0x27.*an LCD with two lines answers.*an MCP23017');
    await vi.waitFor(() => expect(lost).toEqual([wrong]), 10_000);
    await expect(lamp.set(1)).rejects.toThrow(wrong);
    await lamp.close();
    // The backpack of that display is an expander.
    const expander = board.output({ holder: 'lamp', kind: 'output-pcf8574', ...place });
    expect(await expander.set(1)).toBe(1);
  });

  it('says its own range, and what firmware there would have to be', async () => {
    const board = await open();
    const servo = board.output({ holder: 'arm', kind: 'servo', pins: ['D9'], options: { from: 30, to: 120 } });
    await expect(servo.set(20)).rejects.toThrow(code('VALUE_INVALID', 'the servo cannot be set to 20 .*30 to 120'));
    const hint = expect.stringMatching(/real board with ConfigurableFirmata/) as string;
    expect(() => board.output({ holder: 'arm', kind: 'stepper-driver', pins: ['D3', 'D4'] })).toThrow(
      expect.objectContaining({ code: 'FIRMWARE_LACKS', hint }) as Error,
    );
    expect(() => board.output({ holder: 'arm', kind: 'servo', pins: ['D10'], options: { step: 3 } })).toThrow(
      code('COMPONENT_OPTION_INVALID', 'the servo has no option "step" .it has: from, to'),
    );
  });

  it('must be within what its kind and its board can do', async () => {
    const board = await open();
    const output = (kind: 'rgb' | 'servo' | 'stepper-driver', pins: string[], options = {}) =>
      board.output({ holder: kind, kind, pins, options });
    expect(() => output('rgb', ['D9', '9', 'D10'])).toThrow(code('PIN_TWICE', 'D9'));
    expect(() => output('servo', ['D9'], { from: 90, to: 20 })).toThrow(code('COMPONENT_OPTION_INVALID', '20'));
    expect(() => output('servo', ['D9'], { least: 20 })).toThrow(code('COMPONENT_OPTION_INVALID', '544'));
    expect(() => output('stepper-driver', ['D3', 'D4'])).toThrow(code('FIRMWARE_LACKS', 'stepper'));
    expect(board.state().pins).toEqual([]);
  });
});

describe('a fast stream of values', () => {
  it('sets the newest one, and does not flood the line', async () => {
    const board = await open();
    const angles: number[] = [];
    board.onState(({ pins }) => {
      const value = pins.find(({ pin }) => pin === 'D9')?.value;
      if (value !== undefined && angles.at(-1) !== value) angles.push(value);
    });
    const servo = board.output({ holder: 'arm', kind: 'servo', pins: ['D9'] });
    for (let turn = 0; turn < 1000; turn++) await servo.set(turn % 180);
    await servo.set(77);
    await vi.waitFor(() => expect(angles.at(-1)).toBe(77), 5000);
    expect(angles.length).toBeLessThan(200);
  });

  it('leaves a servo that was never set as it is', async () => {
    const board = await open();
    const servo = board.output({ holder: 'arm', kind: 'servo', pins: ['D9'] });
    await servo.close();
    expect(board.state().pins).toEqual([]);
  });
});

describe('what is on a virtual board’s bus', () => {
  it('is set as it is told, and displays are shown as they look: their text, their digits, their lamps', async () => {
    const board = await open({ scene: 'room' });
    const on = (kind: ActuatorKind, given: Pick<OutputRequest, 'address' | 'options'> = {}) =>
      board.output({ holder: kind, kind, pins: [], ...given });
    const rows = ['#.......', '.#.....#', '..#.....', '...#....', '........', '........', '........', '########'];
    await on('led-pca9685', { address: 0x41, options: { channel: 3 } }).set(0.25);
    await on('servo-pca9685', { address: 0x41, options: { channel: 4 } }).set(90);
    await on('output-mcp23017', { options: { channel: 11 } }).set(true);
    await on('lcd-pcf8574').set(['warm', '21.5 °C']);
    const matrix = on('matrix-ht16k33');
    await matrix.set(rows);
    const chipAt = (address: number) => board.state().chips?.find((chip) => chip.address === address);
    await vi.waitFor(() => {
      expect(chipAt(0x41)).toMatchObject({ values: ['channel 3: 25 %', 'channel 4: 90°'] });
      expect(chipAt(0x20)).toMatchObject({ values: ['channel 11: on'] });
      expect(chipAt(0x27)).toMatchObject({ values: [], text: ['warm', '21.5 °C'] });
      expect(chipAt(0x70)).toMatchObject({ values: [], dots: rows });
    }, 10_000);
    await matrix.close();
    await on('digits-ht16k33').set('-3.14');
    await vi.waitFor(() => expect(chipAt(0x70)).toMatchObject({ values: [], text: ['-3.14'] }), 10_000);
    expect(chipAt(0x70)).not.toHaveProperty('dots');
  }, 30_000);
});

describe('a servo', () => {
  const angleAt = (board: Board, pin: string) => board.state().pins.find((each) => each.pin === pin);

  it('is shown at the angle that was asked for, whatever its pulses are', async () => {
    const board = await open({ scene: 'greenhouse' });
    const options = { least: 1000, most: 2000, invert: true, stopAngle: 10 };
    const servo = board.output({ holder: 'window', kind: 'servo', pins: ['D9'], options });
    await servo.set(30);
    await vi.waitFor(() => expect(angleAt(board, 'D9')).toMatchObject({ value: 30, unit: '°' }));
    const turning = board.output({ holder: 'wheel', kind: 'servo-continuous', pins: ['D10'] });
    await turning.set(-0.5);
    await vi.waitFor(() => expect(angleAt(board, 'D10')).toMatchObject({ value: -0.5 }));
  });

  it.for([
    [{ kind: 'servo', options: { least: 1000, most: 2000 } }, 1750, 135],
    [{ kind: 'servo', options: { least: 1000, most: 2000, invert: true } }, 1750, 45],
    [{ kind: 'esc', options: { type: 'both', least: 1000, most: 2000 } }, 1250, -0.5],
    [undefined, 1500, 90],
  ] as const)('acts on the world as %j with a pulse of %d µs', ([on, value, expected]) => {
    expect(deedOf('D9', { mode: MODE.SERVO, value }, on)).toEqual({ output: 'D9', value: expected });
  });

  it('goes where its user wants it when its flow stops, or stays', async () => {
    const board = await open();
    const angles: number[] = [];
    board.onState(() => {
      const value = angleAt(board, 'D9')?.value;
      if (value !== undefined && angles.at(-1) !== value) angles.push(value);
    });
    for (const options of [{ stopAngle: 20 }, { stop: 'leave' }, {}, { stopAngle: 170, to: 120 }]) {
      const servo = board.output({ holder: 'arm', kind: 'servo', pins: ['D9'], options });
      await servo.set(77);
      await servo.close();
    }
    expect(angles.filter((angle) => angle !== 0)).toEqual([77, 20, 77, 90, 77, 120]);
  });
});

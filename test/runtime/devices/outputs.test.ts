import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock, type MillraceError } from '../../../runtime/base/index.ts';
import { type Board, createBoards } from '../../../runtime/devices/index.ts';

const boards = createBoards({ clock: systemClock });
const opened: Board[] = [];
let count = 0;

async function open(): Promise<Board> {
  const board = await boards.open(`outputs-${++count}`, { name: 'bench' });
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

  it('must be within what its kind and its board can do', async () => {
    const board = await open();
    const output = (kind: 'rgb' | 'servo' | 'stepper-driver', pins: string[], options = {}) =>
      board.output({ holder: kind, kind, pins, options });
    expect(() => output('rgb', ['D9', '9', 'D10'])).toThrow(code('PIN_TWICE', 'D9'));
    expect(() => output('servo', ['D9'], { from: 90, to: 20 })).toThrow(code('OPTION_INVALID', '20'));
    expect(() => output('servo', ['D9'], { least: 20 })).toThrow(code('OPTION_INVALID', '544'));
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

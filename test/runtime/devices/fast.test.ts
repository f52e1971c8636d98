import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { type Board, type Channel, createBoards, type Sample } from '../../../runtime/devices/index.ts';
import { ownSignal } from '../../../runtime/devices/schema.ts';

const boards = createBoards({ clock: systemClock });
const opened: Board[] = [];
let count = 0;

async function open(settings: Parameters<typeof boards.open>[1]): Promise<Board> {
  const board = await boards.open(`fast-${++count}`, { name: 'bench', ...settings });
  opened.push(board);
  return board;
}
afterEach(async () => {
  for (const board of opened.splice(0)) await board.close();
});

const motion = (['acceleration', 'rotation'] as const).flatMap((what) =>
  (['x', 'y', 'z'] as const).map((axis): Channel => ({
    name: `${what} ${axis}`,
    pin: '',
    kind: `mpu6050-${what}-${axis}`,
  })),
);

const collect = (board: Board, channels: readonly Channel[], rate: number, enough: number) =>
  new Promise<Sample[]>((resolve, reject) => {
    const got: Sample[] = [];
    const reading = board.sample(
      { holder: 'motion', channels, rate },
      {
        next(sample) {
          if (got.push(sample) < enough) return;
          reading.close();
          resolve(got);
        },
        lost: reject,
      },
    );
  });

describe('fast vectors of chips and pins', () => {
  it('bring six axes of a chip together, evenly spaced, in g and degrees a second', async () => {
    const samples = await collect(await open({ scene: 'wrist' }), motion, 200, 200);
    expect(samples).toHaveLength(200);
    // A machine that is busy for too long takes fewer, and says so.
    for (const [before, { time, missing }] of samples.slice(1).entries()) {
      expect(time - (samples[before]?.time ?? 0)).toBe((1 + missing) * 5);
    }
    for (const { values } of samples.slice(-20)) {
      const [x = 0, y = 0, z = 0] = values;
      expect(Math.hypot(x, y, z)).toBeGreaterThan(0.3);
      expect(Math.hypot(x, y, z)).toBeLessThan(3.5);
      expect(values).toHaveLength(6);
    }
  });

  it('mix chips with analog pins, and pins of the bus cannot be read as voltages meanwhile', async () => {
    const board = await open({ scene: 'room' });
    const [x] = motion;
    const mixed: Channel[] = [...(x ? [x] : []), { name: 'volts', pin: 'A0', kind: 'volts' }];
    const samples = await collect(board, mixed, 100, 30);
    expect(samples[0]?.values).toHaveLength(2);
    const reading = board.sample({ holder: 'motion', channels: mixed, rate: 50 }, { next: () => undefined });
    const taken = expect.objectContaining({ code: 'PIN_TAKEN' }) as Error;
    const analog: Channel[] = [{ name: 'light', pin: 'A4', kind: 'volts' }];
    expect(() => board.sample({ holder: 'light', channels: analog, rate: 10 }, { next: () => undefined })).toThrow(
      taken,
    );
    reading.close();
    board.sample({ holder: 'light', channels: analog, rate: 10 }, { next: () => undefined }).close();
  });

  it('say that a chip is not there, and which are, while others are read', async () => {
    const board = await open({ scene: 'wrist' });
    const lost: { code: string; message: string; hint?: string }[] = [];
    const missing: Channel[] = [{ name: 'x', pin: '', kind: 'adxl345-x' }];
    board.sample(
      { holder: 'absent', channels: missing, rate: 50 },
      { next: () => undefined, lost: (e) => lost.push(e) },
    );
    expect(await collect(board, motion, 50, 20)).toHaveLength(20);
    await vi.waitFor(() => expect(lost).toHaveLength(1));
    expect(lost[0]).toMatchObject({ code: 'CHIP_ABSENT', message: expect.stringContaining('0x53') as string });
    expect(lost[0]?.hint).toContain('at 0x68');
  });

  it('refuse another chip at the same address, and more than the chip or the board can do', async () => {
    const board = await open({ scene: 'wrist' });
    const nothing = { next: () => undefined };
    board.sample({ holder: 'first', channels: [{ name: 'x', pin: '0x18', kind: 'lis3dh-x' }], rate: 50 }, nothing);
    const other: Channel[] = [{ name: 'x', pin: '0x18', kind: 'adxl345-x' }];
    expect(() => board.sample({ holder: 'second', channels: other, rate: 50 }, nothing)).toThrow(
      expect.objectContaining({ code: 'ADDRESS_TAKEN', message: expect.stringContaining('first') as string }) as Error,
    );
    const slow: Channel[] = [{ name: 'x', pin: '', kind: 'lis3dh-x' }];
    expect(() => board.sample({ holder: 'fast', channels: slow, rate: 400 }, nothing)).toThrow(
      expect.objectContaining({ code: 'RATE_TOO_FAST', message: expect.stringContaining('200') as string }) as Error,
    );
  });

  const chips = [
    ['mpu6050', 0x68, 'mpu6050-acceleration', 'mpu6050-acceleration-x'],
    ['adxl345', 0x53, 'adxl345', 'adxl345-x'],
    ['lis3dh', 0x19, 'lis3dh', 'lis3dh-x'],
  ] as const;

  it.for([...chips])('share a %s with a sensor node: both give what is there', async ([, address, kind, channel]) => {
    const signals = [{ type: 'constant', to: 'accelerationX', value: 1.5 }].map((row) => ownSignal.parse(row));
    const board = await open({ scene: 'own', signals });
    const seen: number[] = [];
    const sensor = (options = {}) =>
      board.read(
        { holder: 'slow', kind, pins: [], address, options, period: 50 },
        { next: ({ value }) => typeof value === 'object' && seen.push(value['x'] ?? NaN) },
      );
    const fast: Channel[] = [{ name: 'x', pin: `0x${address.toString(16)}`, kind: channel }];
    // What a node before had set it to holds no more.
    const wide = sensor({ range: '8' });
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(1), 10_000);
    expect(() => board.sample({ holder: 'fast', channels: fast, rate: 100 }, { next: () => undefined })).toThrow(
      expect.objectContaining({
        code: 'RANGE_TAKEN',
        message: expect.stringMatching(/"fast".*"slow"/) as string,
        hint: expect.stringContaining('"slow"') as string,
      }) as Error,
    );
    wide.close();
    const alone = await collect(board, fast, 100, 10);
    const standard = sensor();
    seen.length = 0;
    const beside = await collect(board, fast, 100, 40);
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(3), 10_000);
    for (const x of [...alone, ...beside].map(({ values: [x = NaN] }) => x).concat(seen)) expect(x).toBeCloseTo(1.5, 2);
    standard.close();
    const reading = board.sample({ holder: 'fast', channels: fast, rate: 100 }, { next: () => undefined });
    expect(() => sensor({ range: '8' })).toThrow(
      expect.objectContaining({
        code: 'RANGE_TAKEN',
        hint: expect.stringMatching(/"slow".*(2|4|16) g/) as string,
      }) as Error,
    );
    reading.close();
    sensor({ range: '8' }).close();
  });
});

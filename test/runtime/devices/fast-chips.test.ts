import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { FAST_CHIPS } from '../../../runtime/devices/catalogue/fast-chips.ts';
import { toUnit } from '../../../runtime/devices/conversion.ts';
import { createBus } from '../../../runtime/devices/session/bus.ts';
import { createFastChips } from '../../../runtime/devices/session/fast-chips.ts';
import { plugIn } from './chips/bench.ts';

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

describe('a motion sensor that "pins" nodes read', () => {
  it.for(['mpu6050', 'mpu6500'])('gives the same of an %s: its thermometer counts in its own way', async (chip) => {
    const around = { temperature: -3.5, accelerationX: 0.5, rotationZ: 90 };
    const { board, close } = await plugIn([{ chip, address: 0x68 }], around);
    const heard: (readonly number[])[] = [];
    const reading = { chip: 'mpu6050', address: 0x68, ...FAST_CHIPS.mpu6050 };
    const fast = createFastChips({
      ...{ io: board.io, bus: createBus(board.io, systemClock), clock: systemClock, stamp: () => 0 },
      onWords: (_, words) => heard.push(words),
      onAnswers: () => undefined,
    });
    ends.push(() => fast.close(), close);
    await fast.read([reading]);
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(2), 5000);
    const [x, , , warm, , , z] = heard.at(-1) ?? [];
    expect(toUnit('mpu6050-temperature', warm ?? NaN)).toBeCloseTo(-3.5, 1);
    expect(toUnit('mpu6050-acceleration-x', x ?? NaN)).toBeCloseTo(0.5, 3);
    expect(toUnit('mpu6050-rotation-z', z ?? NaN)).toBeCloseTo(90, 1);
  });
});

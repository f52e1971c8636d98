import { describe, expect, it } from 'vitest';
import { type Channel, mostRate } from '../../../runtime/devices/schema.ts';

const pins = (count: number) =>
  Array.from({ length: count }, (_, pin): Pick<Channel, 'pin' | 'kind'> => ({ pin: `A${pin}`, kind: 'volts' }));
const motion = (['x', 'y', 'z'] as const).map((axis) => ({ pin: '', kind: `mpu6050-acceleration-${axis}` as const }));
const serial = (channels: readonly Pick<Channel, 'pin' | 'kind'>[], baud = 57_600) =>
  mostRate({ hardware: 'serial', baud, channels });

describe('the rate that a board can carry', () => {
  it('is what the serial line carries of analog messages', () => {
    // Measured: about 315 Hz on six pins at 57,600 baud.
    expect(Math.abs(serial(pins(6)) - 315)).toBeLessThan(5);
    expect(serial(pins(3))).toBeGreaterThan(1.9 * serial(pins(6)));
    expect(serial(pins(6), 9600)).toBeLessThan(60);
  });

  it('counts a chip once, however many of its values are wanted', () => {
    expect(serial(motion)).toBe(serial(motion.slice(0, 1)));
    expect(serial(motion)).toBeLessThan(serial([...motion.slice(0, 1)], 115_200));
    expect(serial([...motion, ...pins(2)])).toBeLessThan(serial(motion));
    const two = [...motion, { pin: '0x69', kind: 'mpu6050-rotation-x' as const }];
    expect(serial(two)).toBeLessThan(0.6 * serial(motion));
  });

  it('is bounded by the converter and the bus where the line is fast, and by whole milliseconds', () => {
    expect(serial(pins(1), 2_000_000)).toBe(1000);
    const most = serial(motion, 2_000_000);
    expect(most).toBeGreaterThan(400);
    expect(most).toBeLessThan(650);
  });

  it('is no more than the chip has new data', () => {
    const lis3dh = [{ pin: '', kind: 'lis3dh-x' as const }];
    expect(mostRate({ hardware: 'virtual', baud: 57_600, channels: lis3dh })).toBe(200);
    expect(mostRate({ hardware: 'virtual', baud: 57_600, channels: motion })).toBe(500);
    expect(mostRate({ hardware: 'tcp', baud: 57_600, channels: pins(6) })).toBe(200);
    expect(mostRate({ hardware: 'emulated', baud: 2_000_000, channels: motion })).toBe(serial(motion));
  });
});

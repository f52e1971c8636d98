import { FAST_CHIPS } from '../../catalogue/fast-chips.ts';
import { type MakeDriver, signed, three } from './driver.ts';

/** Johnny-Five smooths accelerations over five readings and cuts off their fractions: ours are as they are read. */
const step = (options: Readonly<Record<string, unknown>>, all: readonly number[], key = 'range') =>
  Math.max(0, all.indexOf(Number(options[key])));

/** What the MPU-6500 and the MPU-9250 say that they are: their thermometer has another scale. */
const LATER: readonly number[] = FAST_CHIPS.mpu6050.later.is;

/** @see InvenSense RM-MPU-6000A-00 rev. 4.2, and RM-MPU-6500A-00 for the temperature of later ones */
export const mpu6050: MakeDriver = (port, options) => {
  const range = step(options, [2, 4, 8, 16]);
  const turn = step(options, [250, 500, 1000, 2000], 'turnRange');
  let later = false;
  return {
    async start() {
      later = LATER.includes((await port.read(0x75, 1)).at(0));
      port.write(0x6b, 0x00);
      port.write(0x1c, range << 3);
      port.write(0x1b, turn << 3);
      await port.pause(2);
    },
    async read() {
      const data = await port.read(0x3b, 14);
      const word = (index: number) => signed(data.high(2 * index), 16);
      const g = 16_384 / 2 ** range;
      const degree = 131 / 2 ** turn;
      return {
        ...three('acceleration', word(0) / g, word(1) / g, word(2) / g),
        ...three('rotation', word(4) / degree, word(5) / degree, word(6) / degree),
        temperature: later ? word(3) / 333.87 + 21 : word(3) / 340 + 36.53,
      };
    },
  };
};

/** @see Analog Devices ADXL345 rev. E: 1/256 g at full resolution, whatever the range */
export const adxl345: MakeDriver = (port, options) => ({
  start() {
    port.write(0x2d, 0x08);
    port.write(0x31, 0x08 | step(options, [2, 4, 8, 16]));
    return port.pause(12);
  },
  async read() {
    const data = await port.read(0x32, 6);
    const axis = (index: number) => signed(data.low(2 * index), 16) / 256;
    return three('acceleration', axis(0), axis(1), axis(2));
  },
});

/** @see ST DocID17530: 12 bits at the left, at high resolution 1, 2, 4 or 12 mg each */
export const lis3dh: MakeDriver = (port, options) => {
  const range = step(options, [2, 4, 8, 16]);
  const milli = [1, 2, 4, 12][range] ?? 1;
  return {
    start() {
      // 200 times a second, as "pins" nodes have it, which may read it too.
      port.write(0x20, 0x67);
      port.write(0x23, 0x88 | (range << 4));
      return port.pause(12);
    },
    async read() {
      const data = await port.read(0x28 | 0x80, 6);
      const axis = (index: number) => ((signed(data.low(2 * index), 16) / 16) * milli) / 1000;
      return three('acceleration', axis(0), axis(1), axis(2));
    },
  };
};

/** @see NXP MMA8452Q rev. 10: 12 bits at the left */
export const mma8452: MakeDriver = (port, options) => {
  const range = step(options, [2, 4, 8]);
  return {
    start() {
      port.write(0x2a, 0x00);
      port.write(0x0e, range);
      port.write(0x2a, 0x01);
      return port.pause(5);
    },
    async read() {
      const data = await port.read(0x01, 6);
      const axis = (index: number) => signed(data.high(2 * index) >> 4, 12) / (1024 / 2 ** range);
      return three('acceleration', axis(0), axis(1), axis(2));
    },
  };
};

/**
 * Johnny-Five masks the sign away.
 *
 * @see Freescale MMA7660FC rev. 7: 6 bits, 21.33 a g; a seventh says that the reading was disturbed
 */
export const mma7660: MakeDriver = (port) => ({
  start() {
    port.write(0x07, 0x00);
    port.write(0x08, 0x00);
    port.write(0x07, 0x01);
    return port.pause(12);
  },
  async read() {
    const data = await port.read(0x00, 3);
    if ([0, 1, 2].some((index) => data.at(index) & 0x40)) return {};
    const axis = (index: number) => signed(data.at(index) & 0x3f, 6) / 21.33;
    return three('acceleration', axis(0), axis(1), axis(2));
  },
});

/** @see ST LSM303C DocID024975: 0.061 mg at ±2 g */
export const lsm303cAcceleration: MakeDriver = (port) => ({
  start() {
    port.write(0x20, 0x3f);
    port.write(0x23, 0x04);
    return port.pause(12);
  },
  async read() {
    const data = await port.read(0x28, 6);
    const axis = (index: number) => (signed(data.low(2 * index), 16) * 0.061) / 1000;
    return three('acceleration', axis(0), axis(1), axis(2));
  },
});

/** @see Bosch BST-BNO055-DS000: thousandths of g, 16ths of degrees and of µT */
export const bno055: MakeDriver = (port) => ({
  async start() {
    port.write(0x3d, 0x00);
    await port.pause(25);
    port.write(0x07, 0x00);
    port.write(0x3e, 0x00);
    port.write(0x3b, 0x01);
    // All nine axes, fused.
    port.write(0x3d, 0x0c);
    await port.pause(30);
  },
  async read() {
    const data = await port.read(0x08, 18);
    const angles = await port.read(0x1a, 6);
    const warm = await port.read(0x34, 1);
    const word = (index: number) => signed(data.low(2 * index), 16);
    const angle = (index: number) => signed(angles.low(2 * index), 16) / 16;
    return {
      ...three('acceleration', word(0) / 1000, word(1) / 1000, word(2) / 1000),
      ...three('field', word(3) / 16, word(4) / 16, word(5) / 16),
      ...three('rotation', word(6) / 16, word(7) / 16, word(8) / 16),
      ...{ eulerHeading: angle(0), roll: angle(1), pitch: angle(2), temperature: signed(warm.at(0), 8) },
    };
  },
});

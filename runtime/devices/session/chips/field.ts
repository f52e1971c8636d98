import { type MakeDriver, signed, three } from './driver.ts';

/**
 * Johnny-Five sets one gain and computes with another's scale.
 *
 * @see Honeywell HMC5883L rev. E: 1,090 counts a gauss at its usual gain, in the order x, z, y; −4096: beyond its range
 */
export const hmc5883l: MakeDriver = (port) => ({
  start() {
    port.write(0x00, 0x70);
    port.write(0x01, 0x20);
    port.write(0x02, 0x00);
    return port.pause(70);
  },
  async read() {
    const data = await port.read(0x03, 6);
    const [x, z, y] = [0, 2, 4].map((index) => signed(data.high(index), 16)) as [number, number, number];
    if ([x, y, z].includes(-4096)) return {};
    return three('field', x / 10.9, y / 10.9, z / 10.9);
  },
});

/** Johnny-Five shows nothing before it was turned round for a while. @see Freescale MAG3110 rev. 9: 0.1 µT */
export const mag3110: MakeDriver = (port) => ({
  start() {
    port.write(0x11, 0x80);
    port.write(0x10, 0x01);
    return port.pause(15);
  },
  async read() {
    const data = await port.read(0x01, 6);
    const axis = (index: number) => signed(data.high(2 * index), 16) / 10;
    return three('field', axis(0), axis(1), axis(2));
  },
});

/** @see Honeywell HMC6352: "A" asks for the heading, in tenths of a degree */
export const hmc6352: MakeDriver = (port) => ({
  async read() {
    port.write(0x41);
    await port.pause(10);
    return { heading: (await port.read(undefined, 2)).high(0) / 10 };
  },
});

/** @see ST LSM303C DocID024975: 0.58 mG, and 1/8 °C from 25 °C on */
export const lsm303cField: MakeDriver = (port) => ({
  start() {
    port.write(0x20, 0xd8);
    port.write(0x21, 0x60);
    port.write(0x22, 0x00);
    return port.pause(15);
  },
  async read() {
    const data = await port.read(0x28, 6);
    const axis = (index: number) => signed(data.low(2 * index), 16) * 0.058;
    const warm = await port.read(0x2e, 2);
    return { ...three('field', axis(0), axis(1), axis(2)), temperature: signed(warm.low(0), 16) / 8 + 25 };
  },
});

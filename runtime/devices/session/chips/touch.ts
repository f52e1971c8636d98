import type { MakeDriver } from './driver.ts';

/** The first of the keys that are touched, from 1; 0: none. */
const first = (bits: number, keys: number) => {
  for (let key = 0; key < keys; key++) if (bits & (1 << key)) return key + 1;
  return 0;
};

/** @see Freescale AN3944: thresholds of 12 and 6, filters and automatic setting as recommended */
export const mpr121: MakeDriver = (port) => ({
  start() {
    port.write(0x80, 0x63);
    port.write(0x5e, 0x00);
    for (const [register, value] of [
      [0x2b, 1],
      [0x2c, 1],
      [0x2d, 0],
      [0x2e, 0],
      [0x2f, 1],
      [0x30, 1],
      [0x31, 0xff],
      [0x32, 2],
    ] as const) {
      port.write(register, value);
    }
    for (let key = 0; key < 12; key++) {
      port.write(0x41 + 2 * key, 12);
      port.write(0x42 + 2 * key, 6);
    }
    port.write(0x7b, 0x0b);
    port.write(0x7d, 0xc8);
    port.write(0x7e, 0x82);
    port.write(0x7f, 0xb4);
    port.write(0x5e, 0x8c);
  },
  async read() {
    return { key: first((await port.read(0x00, 2)).low(0) & 0x0fff, 12) };
  },
});

/** @see Atmel AT42QT1070: a bit a key in register 3 */
export const at42qt1070: MakeDriver = (port) => ({
  async read() {
    return { key: first((await port.read(0x03, 1)).at(0), 7) };
  },
});

/** Johnny-Five's backpack firmware: a bit a key. */
export const keypadBackpack: MakeDriver = (port) => ({
  async read() {
    return { key: first((await port.read(undefined, 2)).high(0), 16) };
  },
});

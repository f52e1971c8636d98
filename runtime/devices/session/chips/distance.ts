import type { MakeDriver } from './driver.ts';

/** µs of sound for a centimetre there and back. */
const SOUND = 58.2;

/** @see Devantech SRF10: 0x51 measures in centimetres */
export const srf10: MakeDriver = (port) => ({
  start() {
    port.write(0x01, 0x10);
    port.write(0x02, 0xff);
  },
  async read() {
    port.write(0x00, 0x51);
    await port.pause(70);
    return { distance: (await port.read(0x02, 2)).high(0) };
  },
});

/** @see PulsedLight LIDAR-Lite: centimetres */
export const lidarLite: MakeDriver = (port) => ({
  async read() {
    port.write(0x00, 0x04);
    await port.pause(22);
    return { distance: (await port.read(0x8f, 2)).high(0) };
  },
});

/** Johnny-Five's backpack firmware: the echo's µs. */
export const hcsr04Backpack: MakeDriver = (port) => ({
  async read() {
    return { distance: (await port.read(undefined, 2)).high(0) / SOUND };
  },
});

/** A port expander in front of the switch, whose second bit is low when something is near. */
export const gp2y0d805: MakeDriver = (port) => ({
  start() {
    port.write(0x03, 0xfe);
    port.write(0x00);
  },
  async read() {
    return { present: (await port.read(undefined, 1)).at(0) & 0x02 ? 0 : 1 };
  },
});

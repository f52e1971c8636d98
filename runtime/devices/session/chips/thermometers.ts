import { type MakeDriver, signed } from './driver.ts';

/** @see TI SBOS397: 12 bits, 0.0625 °C each */
export const tmp102: MakeDriver = (port) => ({
  async read() {
    return { temperature: signed((await port.read(0x00, 2)).high(0) >> 4, 12) * 0.0625 };
  },
});

/**
 * Johnny-Five takes frost for +256 °C and more: it masks the sign away before it looks at it.
 *
 * @see Microchip DS25095A, 5.1.3: 13 bits in two's complement, 1/16 °C each; the three above are alarms
 */
export const mcp9808: MakeDriver = (port) => ({
  async read() {
    return { temperature: signed((await port.read(0x05, 2)).high(0) & 0x1fff, 13) / 16 };
  },
});

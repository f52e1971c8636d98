import { isProm, PROM, PROM_WORDS } from '../prom.ts';
import { type Bytes, type MakeDriver, OtherChip, signed } from './driver.ts';

/** @see Bosch BST-BMP180-DS000, 3.5: oversampling 3 */
export const bmp180: MakeDriver = (port) => {
  const OVERSAMPLING = 3;
  let calibration: Bytes | undefined;
  return {
    async start() {
      calibration = await port.read(0xaa, 22);
    },
    async read() {
      if (!calibration) return {};
      const whole = (index: number) => signed(calibration?.high(2 * index) ?? 0, 16);
      const [ac1, ac2, ac3, b1, b2, , mc, md] = [0, 1, 2, 6, 7, 8, 9, 10].map(whole) as [
        ...[number, number, number, number, number, number, number, number],
      ];
      const [ac4, ac5, ac6] = [3, 4, 5].map((index) => calibration?.high(2 * index) ?? 0) as [number, number, number];

      port.write(0xf4, 0x2e);
      await port.pause(6);
      const ut = (await port.read(0xf6, 2)).high(0);
      port.write(0xf4, 0x34 | (OVERSAMPLING << 6));
      await port.pause(28);
      const up = (await port.read(0xf6, 3)).high24(0) >> (8 - OVERSAMPLING);

      // Divisions as in the data sheet, which rounds down by shifts.
      const x1 = Math.floor(((ut - ac6) * ac5) / 32_768);
      const b5 = x1 + Math.trunc((mc * 2048) / (x1 + md));
      const temperature = Math.floor((b5 + 8) / 16) / 10;

      const b6 = b5 - 4000;
      const square = Math.floor((b6 * b6) / 4096);
      const x3 = Math.floor((b2 * square) / 2048) + Math.floor((ac2 * b6) / 2048);
      const b3 = Math.floor(((ac1 * 4 + x3) * 2 ** OVERSAMPLING + 2) / 4);
      const y3 = Math.floor((Math.floor((ac3 * b6) / 8192) + Math.floor((b1 * square) / 65_536) + 2) / 4);
      const b4 = Math.floor((ac4 * (y3 + 32_768)) / 32_768);
      const b7 = (up - b3) * (50_000 >> OVERSAMPLING);
      let pascal = b7 < 0x80000000 ? Math.trunc((b7 * 2) / b4) : Math.trunc(b7 / b4) * 2;
      const z1 = Math.floor((Math.floor(pascal / 256) ** 2 * 3038) / 65_536);
      const z2 = Math.floor((-7357 * pascal) / 65_536);
      pascal += Math.floor((z1 + z2 + 3791) / 16);
      return { temperature, pressure: pascal / 100 };
    },
  };
};

/** @see TE MS5611-01BA03, "pressure and temperature calculation" with its second order */
export const ms5611: MakeDriver = (port) => {
  let calibration: number[] = [];
  const convert = async (command: number) => {
    port.write(command);
    await port.pause(12);
    return (await port.read(0x00, 3)).high24(0);
  };
  return {
    async start() {
      port.write(0x1e);
      await port.pause(5);
      const words: number[] = [];
      for (let word = 0; word < PROM_WORDS; word++) words.push((await port.read(PROM + 2 * word, 2)).high(0));
      if (!isProm(words)) throw new OtherChip();
      calibration = words.slice(1, 7);
    },
    async read() {
      const [c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0] = calibration;
      const d1 = await convert(0x48);
      const d2 = await convert(0x58);
      const difference = d2 - c5 * 256;
      let celsius = 2000 + (difference * c6) / 2 ** 23;
      let offset = c2 * 2 ** 16 + (c4 * difference) / 2 ** 7;
      let sensitivity = c1 * 2 ** 15 + (c3 * difference) / 2 ** 8;
      if (celsius < 2000) {
        const cold = (celsius - 2000) ** 2;
        const frost = celsius < -1500 ? (celsius + 1500) ** 2 : 0;
        offset -= 2.5 * cold + 7 * frost;
        sensitivity -= 1.25 * cold + 5.5 * frost;
        celsius -= difference ** 2 / 2 ** 31;
      }
      return { temperature: celsius / 100, pressure: ((d1 * sensitivity) / 2 ** 21 - offset) / 2 ** 15 / 100 };
    },
  };
};

/** @see Freescale MPL115A2, 3.2 */
export const mpl115a2: MakeDriver = (port) => {
  let calibration: Bytes | undefined;
  return {
    async start() {
      calibration = await port.read(0x04, 8);
    },
    async read() {
      if (!calibration) return {};
      const word = (index: number) => signed(calibration?.high(2 * index) ?? 0, 16);
      port.write(0x12, 0x00);
      await port.pause(5);
      const data = await port.read(0x00, 4);
      const [p, t] = [data.high(0) >> 6, data.high(2) >> 6];
      const compensated =
        word(0) / 8 + (word(1) / 8192 + ((word(3) >> 2) / 4_194_304) * t) * p + (word(2) / 16_384) * t;
      return { pressure: ((65 / 1023) * compensated + 50) * 10, temperature: (t - 498) / -5.35 + 25 };
    },
  };
};

/**
 * Johnny-Five goes by way of inches of mercury, takes frost for +240 °C and more, and smooths the height over its own past.
 *
 * @see NXP MPL3115A2 rev. 4: pressure in quarters of a pascal over 16, temperature in 1/16 °C over 16
 */
export const mpl3115a2: MakeDriver = (port) => ({
  start: () => port.write(0x13, 0x07),
  async read() {
    // One measurement of 8 samples, as a barometer. The bit that begins it must have been off before.
    port.write(0x26, 0x18);
    port.write(0x26, 0x1a);
    await port.pause(40);
    const data = await port.read(0x01, 5);
    return { pressure: (data.high24(0) >> 4) / 4 / 100, temperature: signed(data.high(3) >> 4, 12) / 16 };
  },
});

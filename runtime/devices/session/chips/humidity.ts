import { type Bytes, type MakeDriver, signed } from './driver.ts';

/** @see Sensirion, "CRC for humidity sensors": x⁸ + x⁵ + x⁴ + 1, begun with 0xFF */
function checksum(bytes: Bytes, from: number): number {
  let sum = 0xff;
  for (const byte of [bytes.at(from), bytes.at(from + 1)]) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80 ? ((sum << 1) ^ 0x31) & 0xff : (sum << 1) & 0xff;
  }
  return sum;
}

/** @see Sensirion SHT3x-DIS data sheet, 4.3 and 4.13 */
export const sht31d: MakeDriver = (port) => ({
  async read() {
    port.write(0x24, 0x00);
    await port.pause(20);
    const bytes = await port.read(undefined, 6);
    const whole = checksum(bytes, 0) === bytes.at(2) && checksum(bytes, 3) === bytes.at(5);
    // A bit fell over on the way: no reading is better than a wrong one.
    if (!whole) return {};
    return {
      temperature: -45 + (175 * bytes.high(0)) / 65_535,
      humidity: (100 * bytes.high(3)) / 65_535,
    };
  },
});

/**
 * The two sensors of one design. Read without holding the clock: firmware would stand still meanwhile.
 *
 * @see Measurement Specialties HPC199 and Silicon Labs Si7020-A20: the last two bits are a state
 */
const oneDesign: MakeDriver = (port) => {
  const measure = async (command: number) => {
    port.write(command);
    await port.pause(55);
    return (await port.read(undefined, 2)).high(0) & 0xfffc;
  };
  return {
    async read() {
      const temperature = (175.72 * (await measure(0xf3))) / 65_536 - 46.85;
      const humidity = (125 * (await measure(0xf5))) / 65_536 - 6;
      // The data sheet: what is a little outside, by tolerance, is 0 or 100.
      return { temperature, humidity: Math.min(100, Math.max(0, humidity)) };
    },
  };
};
export const htu21d: MakeDriver = oneDesign;
export const si7020: MakeDriver = oneDesign;

/** Johnny-Five divides the temperature by 1000. @see Honeywell, "I2C communication with HumidIcon", 4.0 and 5.0 */
export const hih6130: MakeDriver = (port) => ({
  async read() {
    port.write(0x00);
    await port.pause(45);
    const bytes = await port.read(undefined, 4);
    return {
      humidity: ((bytes.high(0) & 0x3fff) / 16_382) * 100,
      temperature: ((bytes.high(2) >> 2) / 16_382) * 165 - 40,
    };
  },
});

/** @see HopeRF TH02 data sheet, 3: both measures come out of register 1, after what was asked for in register 3 */
export const th02: MakeDriver = (port) => {
  const measure = async (command: number) => {
    port.write(0x03, command);
    await port.pause(45);
    return (await port.read(0x00, 3)).high(1);
  };
  return {
    async read() {
      return { temperature: (await measure(0x11)) / 128 - 50, humidity: (await measure(0x01)) / 256 - 24 };
    },
  };
};

/** Johnny-Five's backpack firmware for an Arduino that reads a DHT: told the pin and the sensor, it gives hundredths. */
export const dhtBackpack: MakeDriver = (port, { model }) => ({
  start: () => port.write(2, Number(model ?? 22)),
  async read() {
    const bytes = await port.read(undefined, 4);
    return { humidity: bytes.high(0) / 100, temperature: signed(bytes.high(2), 16) / 100 };
  },
});

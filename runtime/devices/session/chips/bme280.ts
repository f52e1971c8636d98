import { type Bytes, type MakeDriver, signed } from './driver.ts';

const REGISTER = {
  CALIBRATION: 0x88,
  H1: 0xa1,
  H2: 0xe1,
  HUMIDITY: 0xf2,
  MEASURE: 0xf4,
  CONFIG: 0xf5,
  DATA: 0xf7,
} as const;

/**
 * Compensation in double precision.
 *
 * @see Bosch BST-BME280-DS002, 8.1, and BST-BMP280-DS001, 8.1
 */
function compensate(tp: Bytes, h1: number, h: Bytes | undefined, data: Bytes) {
  const t = (index: number) => (index === 0 ? tp.low(0) : signed(tp.low(2 * index), 16));
  const p = (index: number) => (index === 0 ? tp.low(6) : signed(tp.low(6 + 2 * index), 16));
  const adcP = data.high24(0) >> 4;
  const adcT = data.high24(3) >> 4;

  const first = (adcT / 16_384 - t(0) / 1024) * t(1);
  const second = (adcT / 131_072 - t(0) / 8192) ** 2 * t(2);
  const fine = first + second;
  const temperature = fine / 5120;

  let a = fine / 2 - 64_000;
  const b = ((a * a * p(5)) / 32_768 + a * p(4) * 2) / 4 + p(3) * 65_536;
  a = (1 + ((p(2) * a * a) / 524_288 + p(1) * a) / 524_288 / 32_768) * p(0);
  if (a === 0) return { temperature };
  let pascal = ((1_048_576 - adcP - b / 4096) * 6250) / a;
  pascal += ((p(8) * pascal * pascal) / 2_147_483_648 + (pascal * p(7)) / 32_768 + p(6)) / 16;
  const pressure = pascal / 100;
  if (!h) return { temperature, pressure };

  const h2 = signed(h.low(0), 16);
  const h3 = h.at(2);
  const h4 = signed((h.at(3) << 4) | (h.at(4) & 0x0f), 12);
  const h5 = signed((h.at(5) << 4) | (h.at(4) >> 4), 12);
  const h6 = signed(h.at(6), 8);
  const x = fine - 76_800;
  const raw =
    (data.high(6) - (h4 * 64 + (h5 / 16_384) * x)) *
    ((h2 / 65_536) * (1 + (h6 / 67_108_864) * x * (1 + (h3 / 67_108_864) * x)));
  const humidity = Math.min(100, Math.max(0, raw * (1 - (h1 * raw) / 524_288)));
  return { temperature, pressure, humidity };
}

/** Johnny-Five knows the address 0x77 only, and computes in whole numbers with overflows of 32 bits. */
const bosch =
  (withHumidity: boolean): MakeDriver =>
  (port) => {
    let calibration: [Bytes, number, Bytes | undefined] | undefined;
    return {
      async start() {
        const tp = await port.read(REGISTER.CALIBRATION, 24);
        const h1 = withHumidity ? (await port.read(REGISTER.H1, 1)).at(0) : 0;
        const h = withHumidity ? await port.read(REGISTER.H2, 7) : undefined;
        calibration = [tp, h1, h];
        if (withHumidity) port.write(REGISTER.HUMIDITY, 0x01);
        // Measures by itself, every 62.5 ms: each of them once, pressure and temperature to 16 bits and more.
        port.write(REGISTER.CONFIG, 0x20);
        port.write(REGISTER.MEASURE, withHumidity ? 0x27 : 0x2f);
        await port.pause(15);
      },
      async read() {
        const data = await port.read(REGISTER.DATA, withHumidity ? 8 : 6);
        return calibration ? compensate(...calibration, data) : {};
      },
    };
  };

export const bme280: MakeDriver = bosch(true);
export const bmp280: MakeDriver = bosch(false);

/** Johnny-Five's own classes against the virtual chips: they must read what the world holds, within the chip's resolution. */
import five from 'johnny-five';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { crc8 } from '../../../../runtime/devices/virtual/chips/crc.ts';
import { fineTemperature, pascals } from '../../../../runtime/devices/virtual/chips/bosch.ts';
import { b5Of, bmp180Pascals } from '../../../../runtime/devices/virtual/chips/bmp180.ts';
import { mpl115a2Kilopascals } from '../../../../runtime/devices/virtual/chips/mpl115a2.ts';
import { ms5611Celsius, ms5611Hectopascals } from '../../../../runtime/devices/virtual/chips/ms5611.ts';
import { CHIPS } from '../../../../runtime/devices/virtual/chips/index.ts';
import { plugIn } from './bench.ts';

type Readings = Readonly<
  Record<'celsius' | 'relativeHumidity' | 'pressure' | 'lux' | 'heading' | 'x' | 'y' | 'z', number>
>;
type Made = new (options: object) => Readings;
const classes = five as unknown as Readonly<
  Record<'Thermometer' | 'Hygrometer' | 'Barometer' | 'Accelerometer' | 'Light' | 'Compass', Made>
>;

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

type Weather = { readonly temperature: number; readonly humidity: number; readonly pressure: number };
const WARM: Weather = { temperature: 23.4, humidity: 56.7, pressure: 1001.3 };
const COLD: Weather = { temperature: -7.3, humidity: 12.3, pressure: 850 };

/** Chip, its address, and how far a reading may be off: °C, %, hPa. */
const WEATHER = [
  ['BME280', 'bme280', 0x76, 0.02, 0.1, 0.05],
  ['BMP280', 'bmp280', 0x76, 0.02, undefined, 0.05],
  ['BMP180', 'bmp180', 0x77, 0.1, undefined, 0.1],
  ['MS5611', 'ms5611', 0x77, 0.02, undefined, 0.05],
  ['SHT31D', 'sht31d', 0x44, 0.01, 0.01, undefined],
  ['HTU21D', 'htu21d', 0x40, 0.02, 0.04, undefined],
  ['SI7020', 'si7020', 0x40, 0.1, 0.04, undefined],
  ['TMP102', 'tmp102', 0x48, 0.1, undefined, undefined],
] as const;

describe.each([
  ['warm', WARM],
  ['cold', COLD],
])('weather, %s', (_, weather) => {
  it.each(WEATHER)('is read of a %s', async (controller, chip, address, kelvin, percent, hectopascal) => {
    const { board, close } = await plugIn([{ chip, address }], weather);
    open.push(close);
    const options = { controller, board, address };
    const thermometer = new classes.Thermometer(options);
    const hygrometer = percent === undefined ? undefined : new classes.Hygrometer(options);
    const barometer = hectopascal === undefined ? undefined : new classes.Barometer(options);
    const near = (value: number | undefined, right: number, within: number) =>
      expect(Math.abs((value ?? NaN) - right)).toBeLessThanOrEqual(within);
    // Johnny-Five throws away what a BME280 says in its first second.
    await vi.waitFor(
      () => {
        near(thermometer.celsius, weather.temperature, kelvin);
        if (percent !== undefined) near(hygrometer?.relativeHumidity, weather.humidity, percent);
        // Johnny-Five's barometers are in kPa.
        if (hectopascal !== undefined) near((barometer?.pressure ?? NaN) * 10, weather.pressure, hectopascal);
      },
      { timeout: 60_000 },
    );
  });
});

describe('other chips', () => {
  const read = async (
    kind: keyof typeof classes,
    controller: string,
    chip: string,
    address: number,
    quantities: object,
  ) => {
    const { board, close } = await plugIn([{ chip, address }], quantities);
    open.push(close);
    return new classes[kind]({ controller, board, address });
  };

  it('an MCP9808 is read above zero; below, Johnny-Five is wrong by 256 degrees', async () => {
    const warm = await read('Thermometer', 'MCP9808', 'mcp9808', 0x18, { temperature: 23.4 });
    await vi.waitFor(() => expect(warm.celsius).toBeCloseTo(23.4, 1));
    // It masks the sign away before it looks for it. Ours is right: see session/chips.
    const cold = await read('Thermometer', 'MCP9808', 'mcp9808', 0x18, { temperature: -7.3 });
    await vi.waitFor(() => expect(cold.celsius - 256).toBeCloseTo(-7.3, 1));
  });

  it.each([
    ['MPU6050', 'mpu6050', 0x68, 0.001],
    ['ADXL345', 'adxl345', 0x53, 0.004],
  ] as const)('an %s shows three axes', async (controller, chip, address, within) => {
    const motion = { accelerationX: 0.5, accelerationY: -0.25, accelerationZ: 1.1 };
    const accelerometer = await read('Accelerometer', controller, chip, address, motion);
    await vi.waitFor(() => {
      expect(Math.abs(accelerometer.x - 0.5)).toBeLessThanOrEqual(within);
      expect(Math.abs(accelerometer.y + 0.25)).toBeLessThanOrEqual(within);
      expect(Math.abs(accelerometer.z - 1.1)).toBeLessThanOrEqual(within);
    });
  });

  it.each([
    ['BH1750', 'bh1750', 0x23, 1],
    // Its sixteenfold gain and 13 ms give steps of about 2 lx.
    ['TSL2561', 'tsl2561', 0x39, 3],
  ] as const)('a %s shows lux', async (controller, chip, address, within) => {
    const light = await read('Light', controller, chip, address, { light: 432 });
    await vi.waitFor(() => expect(Math.abs(light.lux - 432)).toBeLessThanOrEqual(within));
  });

  it('an HMC5883L points north-east', async () => {
    const compass = await read('Compass', 'HMC5883L', 'hmc5883l', 0x1e, { fieldX: 20, fieldY: 20, fieldZ: -40 });
    await vi.waitFor(() => expect(compass.heading).toBeCloseTo(45, 0));
  });
});

describe('the arithmetic of the data sheets', () => {
  it('gives the results of their worked examples', () => {
    expect(fineTemperature(519_888) / 5120).toBeCloseTo(25.08, 2);
    expect(pascals(415_148, fineTemperature(519_888))).toBeCloseTo(100_653.27, 1);
    const b5 = b5Of(27_898);
    expect(Math.floor((b5 + 8) / 16)).toBe(150);
    expect(Math.abs(bmp180Pascals(23_843, b5, 0) - 69_964)).toBeLessThan(6);
    // The data sheet reckons in whole numbers, and drops what is below a hundredth.
    expect(Math.floor(ms5611Celsius(8_569_150) * 100)).toBe(2007);
    expect(ms5611Hectopascals(9_085_466, 8_569_150)).toBeCloseTo(1000.09, 2);
    expect(mpl115a2Kilopascals(410, 507)).toBeCloseTo(96.59, 1);
    expect(crc8([0xbe, 0xef], 0xff)).toBe(0x92);
    // HTU21D data sheet: the checksum of 0x683a is 0x7c.
    expect(crc8([0x68, 0x3a], 0)).toBe(0x7c);
  });

  it('has addresses of seven bits and a source for every chip', () => {
    for (const { addresses, source, label } of Object.values(CHIPS)) {
      expect(addresses.every((address) => address >= 0x08 && address <= 0x77)).toBe(true);
      expect(source.length).toBeGreaterThan(5);
      expect(label).not.toBe('');
    }
  });
});

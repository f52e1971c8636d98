import type { ComponentOption, SensorEntry } from '../types.ts';
import { I2C_NOTE, signal, temperature } from './parts.ts';

const thermometer = { group: 'thermometer' } as const;
const KELVIN = 273.15;

const chip = (name: string, label: string, addresses: readonly number[], min: number, max: number) =>
  ({
    ...{ ...thermometer, label, reader: 'chip', chip: name, pins: [], addresses, needs: ['i2c'], note: I2C_NOTE },
    gives: [temperature(min, max)],
  }) as const satisfies SensorEntry;

/**
 * A thermistor between the supply and the pin, with a resistor from the pin to ground, or the other way round.
 *
 * @see the beta equation: 1/T = 1/T₀ + ln(R/R₀)/β
 */
const thermistor = (volts: number, supply: number, { beta = 3950, resistance = 10, series = 10, below = false }) => {
  const share = volts / supply;
  const ratio = below ? share / (1 - share) : (1 - share) / share;
  return 1 / (Math.log((ratio * series) / resistance) / beta + 1 / (25 + KELVIN)) - KELVIN;
};
const UNO_SUPPLY = 5;

const thermistorOptions: ComponentOption[] = [
  { kind: 'number', key: 'beta', label: 'Beta of the thermistor', unit: 'K', min: 2000, max: 6000, standard: 3950 },
  {
    kind: 'number',
    key: 'resistance',
    label: 'Its resistance at 25 °C',
    unit: 'kΩ',
    min: 0.1,
    max: 1000,
    standard: 10,
  },
  { kind: 'number', key: 'series', label: 'The resistor beside it', unit: 'kΩ', min: 0.1, max: 1000, standard: 10 },
  { kind: 'flag', key: 'below', label: 'The thermistor is between the pin and ground', standard: false },
];

export const THERMOMETERS = {
  tmp36: {
    ...{ ...thermometer, label: 'TMP36 thermometer', reader: 'analog', pins: signal('analog', 'A3') },
    convert: ([volts = 0]) => ({ temperature: (volts - 0.5) * 100 }),
    gives: [temperature(-40, 125)],
    note: 'Flat side towards you: 5 V, signal, ground from left to right.',
  },
  lm35: {
    ...{ ...thermometer, label: 'LM35 thermometer', reader: 'analog', pins: signal('analog', 'A3') },
    convert: ([volts = 0]) => ({ temperature: volts * 100 }),
    gives: [temperature(0, 150)],
    note: 'Flat side towards you: 5 V, signal, ground from left to right. It shows nothing below 2 °C.',
  },
  lm335: {
    ...{ ...thermometer, label: 'LM335 thermometer', reader: 'analog', pins: signal('analog', 'A3') },
    convert: ([volts = 0]) => ({ temperature: volts * 100 - KELVIN }),
    gives: [temperature(-40, 100)],
    note: 'It is a Zener diode: a resistor of 2 kΩ from 5 V to the signal pin.',
  },
  thermistor: {
    ...{ ...thermometer, label: 'thermistor (NTC)', reader: 'analog', pins: signal('analog', 'A3') },
    options: thermistorOptions,
    ratiometric: true,
    convert: ([volts = 0], options) => ({ temperature: thermistor(volts, UNO_SUPPLY, options) }),
    gives: [temperature(-40, 125)],
    note: 'A divider: the thermistor from 5 V to the pin, a resistor from the pin to ground.',
  },
  'grove-thermistor': {
    ...{ ...thermometer, label: 'Grove temperature sensor', reader: 'analog', pins: signal('analog', 'A3') },
    ratiometric: true,
    convert: ([volts = 0]) => ({ temperature: thermistor(volts, UNO_SUPPLY, { beta: 3975 }) }),
    gives: [temperature(-40, 125)],
  },
  'tinkerkit-thermistor': {
    ...{ ...thermometer, label: 'TinkerKit thermistor', reader: 'analog', pins: signal('analog', 'A3') },
    ratiometric: true,
    convert: ([volts = 0]) => ({ temperature: thermistor(volts, UNO_SUPPLY, { beta: 3950 }) }),
    gives: [temperature(-40, 125)],
  },
  tmp102: chip('tmp102', 'TMP102 thermometer', [0x48, 0x49, 0x4a, 0x4b], -40, 125),
  mcp9808: chip('mcp9808', 'MCP9808 thermometer', [0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f], -40, 125),
  'bme280-temperature': chip('bme280', 'BME280 as a thermometer', [0x76, 0x77], -40, 85),
  'bmp280-temperature': chip('bmp280', 'BMP280 as a thermometer', [0x76, 0x77], -40, 85),
  'bmp180-temperature': chip('bmp180', 'BMP180 or BMP085 as a thermometer', [0x77], -40, 85),
  'sht31d-temperature': chip('sht31d', 'SHT31 as a thermometer', [0x44, 0x45], -40, 125),
  'htu21d-temperature': chip('htu21d', 'HTU21D as a thermometer', [0x40], -40, 125),
  'si7021-temperature': chip('si7020', 'Si7020 or Si7021 as a thermometer', [0x40], -40, 125),
  'hih6130-temperature': chip('hih6130', 'HIH6130 as a thermometer', [0x27], -40, 100),
  'th02-temperature': chip('th02', 'TH02 as a thermometer', [0x40], -40, 85),
  'dht-backpack-temperature': {
    ...chip('dht-backpack', 'DHT11 or DHT22 on an I2C backpack, as a thermometer', [0x0a], -40, 80),
    options: [
      {
        kind: 'choice',
        key: 'model',
        label: 'Sensor',
        options: ['11', '21', '22'].map((value) => ({ value, label: `DHT${value}` })),
        standard: '22',
      },
    ],
    fastest: 0.5,
    note: 'A second Arduino with the Johnny-Five backpack firmware reads the sensor and stands on the I2C bus.',
  },
  'mpl3115a2-temperature': chip('mpl3115a2', 'MPL3115A2 as a thermometer', [0x60], -40, 85),
  'mpl115a2-temperature': chip('mpl115a2', 'MPL115A2 as a thermometer', [0x60], -40, 105),
  'ms5611-temperature': chip('ms5611', 'MS5611 as a thermometer', [0x77, 0x76], -40, 85),
  'mpu6050-temperature': chip('mpu6050', 'MPU-6050 as a thermometer (of the chip itself)', [0x68, 0x69], -40, 85),
  'bno055-temperature': chip('bno055', 'BNO055 as a thermometer (of the chip itself)', [0x28, 0x29], -40, 85),
  'lsm303c-temperature': chip('lsm303c-field', 'LSM303C as a thermometer (of the chip itself)', [0x1e], -40, 85),
  ds18b20: {
    ...{ ...thermometer, label: 'DS18B20 thermometer (1-Wire)', reader: 'onewire', pins: signal('digital', 'D4') },
    needs: ['onewire'],
    gives: [temperature(-55, 125)],
    fastest: 1,
    note: 'A resistor of 4.7 kΩ from the signal to 5 V. It needs ConfigurableFirmata with OneWire.',
  },
  max31850k: {
    ...{ ...thermometer, label: 'MAX31850K thermocouple (1-Wire)', reader: 'onewire', pins: signal('digital', 'D4') },
    needs: ['onewire'],
    gives: [temperature(-200, 1350)],
    fastest: 1,
    note: 'A resistor of 4.7 kΩ from the signal to 3.3 V. It needs ConfigurableFirmata with OneWire.',
  },
} as const satisfies Record<string, SensorEntry>;

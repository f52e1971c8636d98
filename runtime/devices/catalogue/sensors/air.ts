/** Hygrometers, barometers and altimeters, and chips that give several of these at once. */
import type { Given, SensorEntry } from '../types.ts';
import { altitude, humidity, I2C_NOTE, pressure, seaLevel, temperature } from './parts.ts';
import { THERMOMETERS } from './thermometers.ts';

type Chip = Readonly<{ group: string; label: string; addresses: readonly number[] }>;

const chip = <const C extends string>(name: C, of: Chip, ...gives: [Given, ...Given[]]) =>
  ({
    reader: 'chip',
    chip: name,
    ...of,
    gives,
    pins: [],
    needs: ['i2c'],
    note: I2C_NOTE,
  }) as const satisfies SensorEntry;

const hygrometer = (label: string, addresses: readonly number[]): Chip => ({
  ...{ group: 'hygrometer', label: `${label} as a hygrometer`, addresses },
});
const barometer = (label: string, addresses: readonly number[]): Chip => ({
  ...{ group: 'barometer', label: `${label} as a barometer`, addresses },
});
const altimeter = (label: string, addresses: readonly number[]): Chip => ({
  ...{ group: 'altimeter', label: `${label} as an altimeter`, addresses },
});
const climate = (label: string, addresses: readonly number[]): Chip => ({ group: 'climate', label, addresses });

/** Johnny-Five gets the height from the pressure and that pressure itself, and so a constant: ours needs the pressure at sea level. */
const height = { options: [seaLevel] } as const;
const BOSCH = [0x76, 0x77];
const dht = THERMOMETERS['dht-backpack-temperature'];

export const HYGROMETERS = {
  'bme280-humidity': chip('bme280', hygrometer('BME280', BOSCH), humidity),
  'sht31d-humidity': chip('sht31d', hygrometer('SHT31', [0x44, 0x45]), humidity),
  'htu21d-humidity': chip('htu21d', hygrometer('HTU21D', [0x40]), humidity),
  'si7021-humidity': chip('si7020', hygrometer('Si7020 or Si7021', [0x40]), humidity),
  'hih6130-humidity': chip('hih6130', hygrometer('HIH6130', [0x27]), humidity),
  'th02-humidity': chip('th02', hygrometer('TH02', [0x40]), humidity),
  'dht-backpack-humidity': {
    ...{ ...dht, group: 'hygrometer', label: 'DHT11 or DHT22 on an I2C backpack, as a hygrometer' },
    gives: [humidity],
  },
} as const satisfies Record<string, SensorEntry>;

export const BAROMETERS = {
  'bme280-pressure': chip('bme280', barometer('BME280', BOSCH), pressure(300, 1100)),
  'bmp280-pressure': chip('bmp280', barometer('BMP280', BOSCH), pressure(300, 1100)),
  'bmp180-pressure': chip('bmp180', barometer('BMP180 or BMP085', [0x77]), pressure(300, 1100)),
  'mpl3115a2-pressure': chip('mpl3115a2', barometer('MPL3115A2', [0x60]), pressure(200, 1100)),
  'mpl115a2-pressure': chip('mpl115a2', barometer('MPL115A2', [0x60]), pressure(500, 1150)),
  'ms5611-pressure': chip('ms5611', barometer('MS5611', [0x77, 0x76]), pressure(10, 1200)),
} as const satisfies Record<string, SensorEntry>;

export const ALTIMETERS = {
  'bme280-altitude': { ...chip('bme280', altimeter('BME280', BOSCH), altitude), ...height },
  'bmp280-altitude': { ...chip('bmp280', altimeter('BMP280', BOSCH), altitude), ...height },
  'bmp180-altitude': { ...chip('bmp180', altimeter('BMP180 or BMP085', [0x77]), altitude), ...height },
  'mpl3115a2-altitude': { ...chip('mpl3115a2', altimeter('MPL3115A2', [0x60]), altitude), ...height },
  'ms5611-altitude': { ...chip('ms5611', altimeter('MS5611', [0x77, 0x76]), altitude), ...height },
} as const satisfies Record<string, SensorEntry>;

export const CLIMATE = {
  bme280: chip(
    'bme280',
    climate('BME280: temperature, humidity, pressure', BOSCH),
    temperature(-40, 85),
    humidity,
    pressure(300, 1100),
  ),
  sht31d: chip('sht31d', climate('SHT31: temperature, humidity', [0x44, 0x45]), temperature(-40, 125), humidity),
  htu21d: chip('htu21d', climate('HTU21D: temperature, humidity', [0x40]), temperature(-40, 125), humidity),
  si7021: chip('si7020', climate('Si7020 or Si7021: temperature, humidity', [0x40]), temperature(-40, 125), humidity),
  bmp180: chip(
    'bmp180',
    climate('BMP180 or BMP085: temperature, pressure', [0x77]),
    temperature(-40, 85),
    pressure(300, 1100),
  ),
  bmp280: chip('bmp280', climate('BMP280: temperature, pressure', BOSCH), temperature(-40, 85), pressure(300, 1100)),
} as const satisfies Record<string, SensorEntry>;

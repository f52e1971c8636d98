/** Proximity, presence and light. */
import type { Given, SensorEntry } from '../types.ts';
import { distance, I2C_NOTE, numbers, signal } from './parts.ts';

const chip = <const C extends string>(
  name: C,
  of: Readonly<{ group: string; label: string; addresses: readonly number[]; fastest?: number }>,
  ...gives: [Given, ...Given[]]
) =>
  ({
    reader: 'chip',
    chip: name,
    ...of,
    gives,
    pins: [],
    needs: ['i2c'],
    note: I2C_NOTE,
  }) as const satisfies SensorEntry;

/** The converter's counts at 5 V, which the curves of Sharp's sensors are given in. */
const counts = (volts: number) => (volts * 1023) / 5;

const sharp = (label: string, least: number, most: number, centimetres: (counts: number) => number): SensorEntry => ({
  ...{ group: 'proximity', label, reader: 'analog', pins: signal('analog', 'A0'), gives: [distance(least, most)] },
  // A voltage that no distance gives: nothing is near.
  convert: ([volts = 0]: readonly number[]) => ({
    distance: Math.min(9999, Math.max(0, centimetres(counts(volts)))),
  }),
  fastest: 25,
  note: 'A capacitor of 10 µF between supply and ground keeps its pulses off the other sensors.',
});

const sonar = (label: string, least: number, most: number, perVolt: number): SensorEntry => ({
  ...{ group: 'proximity', label, reader: 'analog', pins: signal('analog', 'A0'), gives: [distance(least, most)] },
  convert: ([volts = 0]: readonly number[]) => ({ distance: volts * perVolt }),
  fastest: 10,
  note: 'Its pin "AN" to the signal, supplied with 5 V.',
});

export const PROXIMITY = {
  gp2y0a21yk: sharp('GP2Y0A21YK infrared, 10–80 cm', 8, 90, (value) => 12_343.85 * value ** -1.15),
  gp2d120: sharp('GP2D120 infrared, 4–30 cm', 3, 40, (value) => 2914 / (value + 5) - 1),
  gp2y0a02yk: sharp('GP2Y0A02YK infrared, 20–150 cm', 15, 170, (value) => 10_650.08 * value ** -0.935 - 10),
  gp2y0a41sk: sharp('GP2Y0A41SK infrared, 4–30 cm', 3, 40, (value) => (value > 11 ? 2076 / (value - 11) : 9999)),
  gp2y0a710k: sharp('GP2Y0A710K infrared, 100–550 cm', 80, 600, (value) => 3.8631e8 * value ** -2.463343),
  // Supply / 512 an inch.
  mb1000: sonar('MB1000 or MB1010 ultrasonic (LV-MaxSonar)', 15, 660, (512 * 2.54) / 5),
  // Supply / 1024 for 5 mm.
  mb1003: sonar('MB1003 ultrasonic (HRLV-MaxSonar)', 29, 510, (1024 * 0.5) / 5),
  // Supply / 1024 a centimetre.
  mb1230: sonar('MB1230 ultrasonic (XL-MaxSonar)', 19, 770, 1024 / 5),
  srf10: chip(
    'srf10',
    { group: 'proximity', label: 'SRF10 ultrasonic', addresses: [0x70, 0x71, 0x72, 0x73], fastest: 12 },
    distance(3, 600),
  ),
  'lidar-lite': chip(
    'lidar-lite',
    { group: 'proximity', label: 'LIDAR-Lite', addresses: [0x62], fastest: 30 },
    distance(1, 4000),
  ),
  'hcsr04-backpack': chip(
    'hcsr04-backpack',
    { group: 'proximity', label: 'HC-SR04 ultrasonic on an I2C backpack', addresses: [0x27], fastest: 10 },
    distance(2, 400),
  ),
  hcsr04: {
    ...{
      group: 'proximity',
      label: 'HC-SR04 ultrasonic',
      reader: 'ping',
      pins: signal('digital', 'D7'),
      needs: ['ping'],
    },
    gives: [distance(2, 400)],
    fastest: 12,
    note: 'Trigger and echo are tied together on one pin. It needs a firmware with pulse timing (PingFirmata).',
  },
} as const satisfies Record<string, SensorEntry>;

const near: Given = { name: 'present', unit: '', min: 0, max: 1 };

export const PRESENCE = {
  pir: {
    ...{ group: 'motion', label: 'PIR motion sensor (HC-SR501)', reader: 'change', pins: signal('digital', 'D3') },
    gives: [{ name: 'motion', unit: '', min: 0, max: 1 }],
    onChange: true,
    note: 'Give it a minute after power-on: until then it sees motion everywhere.',
  },
  gp2y0d810: {
    ...{ group: 'motion', label: 'GP2Y0D810 or GP2Y0D815 infrared switch (10 or 15 cm)', reader: 'change' },
    pins: signal('digital', 'D3'),
    options: [{ kind: 'flag', key: 'invert', label: 'Low means yes', standard: true }],
    gives: [near],
    onChange: true,
  },
  gp2y0d805: chip(
    'gp2y0d805',
    { group: 'motion', label: 'GP2Y0D805 infrared switch (5 cm) on an I2C board', addresses: [0x26] },
    near,
  ),
} as const satisfies Record<string, SensorEntry>;

const lux: Given = { name: 'light', unit: 'lx', min: 0, max: 100_000 };

export const LIGHT = {
  light: {
    ...{ group: 'light', label: 'light sensor (photoresistor)', reader: 'analog', pins: signal('analog', 'A4') },
    ratiometric: true,
    convert: ([volts = 0]) => ({ light: volts * 20 }),
    gives: [{ name: 'light', unit: '%', min: 0, max: 100 }],
    note: 'A divider: the photoresistor from 5 V to the pin, a resistor of 10 kΩ from the pin to ground.',
  },
  bh1750: chip('bh1750', { group: 'light', label: 'BH1750 light sensor', addresses: [0x23, 0x5c], fastest: 5 }, lux),
  tsl2561: {
    ...chip(
      'tsl2561',
      { group: 'light', label: 'TSL2561 light sensor', addresses: [0x39, 0x29, 0x49], fastest: 2.2 },
      lux,
    ),
    options: [numbers('gain', 'Gain (16: dim rooms)', '×', [1, 16])],
  },
} as const satisfies Record<string, SensorEntry>;

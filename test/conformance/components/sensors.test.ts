import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { FIRMWARE_PLAYED, NOT_EXERCISED } from '../../../runtime/devices/catalogue/exercised.ts';
import { type SensorKind, sensorKinds, SENSORS } from '../../../runtime/devices/catalogue/sensors.ts';
import { CHIPS } from '../../../runtime/devices/virtual/chips/index.ts';
import type { PlacedChip } from '../../../runtime/devices/world/types.ts';
import { type Bench, openBench } from './sensor-bench.ts';

const exercised = new Set<SensorKind>();
const benches: Bench[] = [];
const bench = async (...chips: PlacedChip[]) => {
  const opened = await openBench(chips);
  benches.push(opened);
  return opened;
};
afterEach(() => benches.splice(0).forEach((each) => each.close()));
afterAll(() => {
  // The table of docs/devices.md says what is exercised: neither more nor less than here.
  const untried = sensorKinds.filter((kind) => !exercised.has(kind));
  // Of these, firmware.test.ts holds the second.
  expect(untried.sort()).toEqual([...Object.keys(NOT_EXERCISED), ...FIRMWARE_PLAYED].sort());
});

/** What is around every chip, and what is to come of it. */
const AROUND = {
  ...{ temperature: 23.5, humidity: 52, pressure: 985, light: 320 },
  ...{ accelerationX: 0.25, accelerationY: -0.5, accelerationZ: 0.8 },
  ...{ rotationX: 12, rotationY: -40, rotationZ: 100 },
  ...{ fieldX: 20, fieldY: 15, fieldZ: -40, distance: 80 },
} as const;
const EXPECTED: Readonly<Record<string, number>> = {
  ...AROUND,
  // 44,330 m × (1 − (985 / 1013.25)^(1/5.255))
  ...{ altitude: 237.9, heading: 36.87, eulerHeading: 36.87 },
  // How gravity lies to the axes: atan2(y, z) and atan2(-x, what is left).
  ...{ roll: -32.01, pitch: -14.84 },
  key: 3,
};
/** The third key of those that are touched. */
const TOUCHED = { 'mpr121:2': 1, 'at42qt1070:2': 1 } as const;
/** What a chip cannot tell apart: its own resolution, and what its data sheet loses in whole numbers. */
const TOLERANCE: Readonly<Record<string, number>> = {
  ...{ temperature: 0.1, humidity: 0.2, pressure: 0.2, altitude: 2, light: 5, heading: 1 },
  ...{ acceleration: 0.02, rotation: 0.2, field: 0.5, distance: 1, eulerHeading: 0.1, roll: 0.1, pitch: 0.1, key: 0.1 },
};
/** Chips that count in larger steps: whole degrees, and 1.5 hPa. */
const COARSE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  bno055: { temperature: 0.6 },
  mpl115a2: { pressure: 0.8 },
};
const tolerance = (name: string, chip = '') => COARSE[chip]?.[name] ?? TOLERANCE[name.replace(/[XYZ]$/, '')] ?? 0;

const chips = CHIPS as Readonly<Record<string, { readonly addresses: readonly number[] }>>;
const onBus = sensorKinds.filter((kind) => SENSORS[kind].chip !== undefined && (SENSORS[kind].chip ?? '') in chips);

describe('a chip on the bus', () => {
  it.for(onBus)('%s gives what is around it, at each of its addresses', async (kind) => {
    const { chip = '', addresses = [], gives } = SENSORS[kind];
    exercised.add(kind);
    for (const address of addresses.filter((each) => chips[chip]?.addresses.includes(each)).slice(0, 2)) {
      const { around, add } = await bench({ chip, address });
      around.quantities = AROUND;
      around.levels = TOUCHED;
      const { values } = add(kind, { address });
      await vi.waitFor(() => expect(values.length).toBeGreaterThan(0), { timeout: 60_000 });
      const value = values.at(-1);
      for (const { name, of = name } of gives) {
        const got = typeof value === 'object' ? value[name] : value;
        expect(Math.abs(Number(got) - (EXPECTED[of] ?? NaN)), `${name}: ${String(got)}`).toBeLessThan(
          tolerance(of, chip),
        );
      }
    }
  });

  it('shows frost', async () => {
    for (const [kind, chip, address] of [
      ['mcp9808', 'mcp9808', 0x18],
      ['tmp102', 'tmp102', 0x48],
      ['bme280-temperature', 'bme280', 0x76],
    ] as const) {
      const { around, add } = await bench({ chip, address });
      around.quantities = { temperature: -12.5 };
      const { values } = add(kind, { address });
      await vi.waitFor(() => expect(values[0]).toBeCloseTo(-12.5, 0));
    }
  });

  it('is told of once when it is absent, never repeats itself, and goes on when it answers', async () => {
    const { around, add } = await bench({ chip: 'bme280', address: 0x76 });
    around.absent.add(0x76);
    const sensor = add('bme280-temperature', { address: 0x76 });
    await vi.waitFor(() => expect(sensor.silences()).toBe(1));
    expect(sensor.values).toEqual([]);
    around.absent.clear();
    await vi.waitFor(() => expect(sensor.values.length).toBeGreaterThan(3), { timeout: 60_000 });
    around.absent.add(0x76);
    await vi.waitFor(() => expect(sensor.silences()).toBe(2), { timeout: 60_000 });
    const before = sensor.values.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(sensor.values.length).toBe(before);
    expect(sensor.silences()).toBe(2);
  });

  it("serves several nodes, each with its own range, and none in the middle of another one's measurement", async () => {
    const { around, add } = await bench({ chip: 'mpu6050', address: 0x68 }, { chip: 'htu21d', address: 0x40 });
    around.quantities = AROUND;
    const ranges = ['2', '16'].map((range) => add('mpu6050-acceleration', { options: { range } }));
    const climates = [130, 170].map((period) => add('htu21d', { period }));
    for (const { values } of [...ranges, ...climates]) {
      await vi.waitFor(() => expect(values.length).toBeGreaterThan(7), { timeout: 60_000 });
    }
    const near = (of: string) => expect.closeTo(EXPECTED[of] ?? NaN, -Math.log10(2 * tolerance(of))) as number;
    for (const value of ranges.flatMap(({ values }) => values)) {
      expect(value).toEqual({ x: near('accelerationX'), y: near('accelerationY'), z: near('accelerationZ') });
    }
    for (const value of climates.flatMap(({ values }) => values)) {
      expect(value).toEqual({ temperature: near('temperature'), humidity: near('humidity') });
    }
  });

  it('is told of where something answers, but gives nothing that can be right, until it does', async () => {
    const { around, add } = await bench({ chip: 'hmc5883l', address: 0x1e });
    around.quantities = { fieldX: 5000 };
    const sensor = add('hmc5883l');
    await vi.waitFor(() => expect(sensor.faults).toEqual([{ what: 'empty' }]), { timeout: 60_000 });
    expect(sensor.values).toEqual([]);
    around.quantities = { fieldX: 20 };
    await vi.waitFor(() => expect(sensor.values.length).toBeGreaterThan(0), { timeout: 60_000 });
    expect(sensor.silences()).toBe(1);
  });

  it('is named by the checksum of its calibration where it has nothing else, and is not taken for one without it', async () => {
    const { add } = await bench({ chip: 'ms5611', address: 0x76 }, { chip: 'ht16k33', address: 0x77 });
    const barometers = (['bme280-pressure', 'bmp280-pressure'] as const).map((kind) => add(kind, { address: 0x76 }));
    for (const { values, faults } of barometers) {
      await vi.waitFor(() => expect(faults).toEqual([{ what: 'wrong', other: 'ms5611' }]));
      expect(values).toEqual([]);
    }
    const { values, faults } = add('ms5611-pressure', { address: 0x77 });
    await vi.waitFor(() => expect(faults).toEqual([{ what: 'wrong', other: '' }]));
    expect(values).toEqual([]);
  });

  it('is read no more when nobody wants it, and again when somebody does', async () => {
    const { around, add } = await bench({ chip: 'mcp9808', address: 0x18 });
    around.quantities = AROUND;
    const first = add('mcp9808');
    await vi.waitFor(() => expect(first.values.length).toBeGreaterThan(1));
    first.rest();
    const before = first.values.length;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(first.values.length).toBe(before);
    const second = add('mcp9808');
    await vi.waitFor(() => expect(second.values.length).toBeGreaterThan(1));
  });
});

/** What stands on the pins, and what is read of it: by the data sheets. */
const ANALOG: readonly [SensorKind, readonly number[], number | Readonly<Record<string, number>>, number][] = [
  ['tmp36', [0.75], 25, 0.5],
  ['lm35', [0.25], 25, 0.5],
  ['lm335', [2.98], 24.85, 0.5],
  ['thermistor', [2.5], 25, 0.2],
  ['grove-thermistor', [2.5], 25, 0.2],
  ['tinkerkit-thermistor', [2.5], 25, 0.2],
  ['light', [2.5], 50, 0.2],
  ['potentiometer', [1], 20, 0.2],
  ['voltage', [3.3], 3.3, 0.01],
  ['adxl335', [1.65, 1.98, 1.32], { x: 0, y: 1, z: -1 }, 0.02],
  ['mma7361', [1.65, 2.45, 0.85], { x: 0, y: 1, z: -1 }, 0.02],
  ['tinkerkit-accelerometer', [2.336, 2.805, 1.867], { x: 0, y: 1, z: -1 }, 0.02],
  ['analog-gyroscope', [1.35, 1.42], { x: 0, y: 104.5 }, 8],
  ['gp2y0a21yk', [1.3], 20.2, 1],
  ['gp2d120', [1], 12.9, 0.5],
  ['gp2y0a02yk', [1], 62.1, 4],
  ['gp2y0a41sk', [1], 10.7, 0.5],
  ['gp2y0a710k', [2], 143, 4],
  ['mb1000', [0.5], 130, 1.5],
  ['mb1003', [0.5], 51.2, 0.5],
  ['mb1230', [0.5], 102.4, 1],
  ['joystick', [2.5, 5], { x: 0, y: 1 }, 0.01],
  ['keypad-vkey', [0.6], 10, 0.1],
  ['keypad-analog', [0.83], 2, 0.1],
];

describe('a sensor on analog pins', () => {
  it.for([...ANALOG])('%s gives what its voltage means', async ([kind, volts, expected, within]) => {
    exercised.add(kind);
    const { around, add } = await bench();
    const pins = volts.map((_, index) => `A${index}`);
    around.volts = Object.fromEntries(volts.map((value, index) => [`A${index}`, value]));
    const { values } = add(kind, { pins });
    await vi.waitFor(() => expect(values.length).toBeGreaterThan(0));
    const wanted = typeof expected === 'object' ? expected : { value: expected };
    const [first] = values;
    for (const [name, value] of Object.entries(wanted)) {
      const got = typeof first === 'object' ? first[name] : first;
      expect(Math.abs(Number(got) - value), `${name}: ${String(got)}`).toBeLessThan(within);
    }
  });
});

describe('a sensor on a digital pin', () => {
  it('gives its level every period', async () => {
    exercised.add('switch');
    const { around, add } = await bench();
    around.levels = { D2: 1 };
    const { values } = add('switch');
    await vi.waitFor(() => expect(values).toContain(1));
    around.levels = { D2: 0 };
    await vi.waitFor(() => expect(values.at(-1)).toBe(0));
  });

  it.for([
    ['button', 'D2', {}, 1],
    ['button', 'D2', { pullup: true }, 0],
    ['pir', 'D3', {}, 1],
    ['gp2y0d810', 'D3', {}, 0],
  ] as const)('%s on %s is told of when it changes, with %j', async ([kind, pin, options, pressed]) => {
    exercised.add(kind);
    const { around, add } = await bench();
    around.levels = { [pin]: pressed ? 0 : 1 };
    const { values } = add(kind, { options });
    await new Promise((resolve) => setTimeout(resolve, 100));
    around.levels = { [pin]: pressed };
    await vi.waitFor(() => expect(values.at(-1)).toBe(1));
    around.levels = { [pin]: pressed ? 0 : 1 };
    await vi.waitFor(() => expect(values.at(-1)).toBe(0));
  });
});

/** Components of each manner on the emulated chip: its converter, its timers, its pins and its bus, under its own firmware. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import type { ActuatorKind } from '../../../runtime/devices/catalogue/actuators.ts';
import { ACTUATORS_EMULATED, SENSORS_EMULATED } from '../../../runtime/devices/catalogue/exercised.ts';
import { type SensorKind, SENSORS } from '../../../runtime/devices/catalogue/sensors.ts';
import { type Board, createBoards, type SensorValue } from '../../../runtime/devices/index.ts';
import { ownSignal } from '../../../runtime/devices/schema.ts';

const PATIENCE = { timeout: 60_000, interval: 20 };
const AROUND = {
  ...{ temperature: 23.5, humidity: 52, pressure: 985, light: 320 },
  ...{ accelerationX: 0.25, accelerationY: -0.5, accelerationZ: 0.8, rotationX: 12, fieldX: 20, fieldY: 15 },
};
const signals = [
  ...Object.entries(AROUND).map(([to, value]) => ({ to, value })),
  ...[
    { to: 'A0', as: 'tmp36', value: 23.5 },
    { to: 'A1', as: 'percent', value: 30 },
    { to: 'A2', as: 'volts', value: 2.5 },
    { to: 'A3', as: 'volts', value: 5 },
  ],
  ...[
    { to: 'D2', value: 1 },
    { to: 'D4', value: 1 },
  ],
].map((each) => ownSignal.parse({ type: 'constant', ...each }));

const boards = createBoards({ clock: systemClock });
let board: Board;
beforeAll(async () => {
  board = await boards.open('emulated', { kind: 'emulated', name: 'bench', scene: 'own', signals });
}, 60_000);
const exercised = new Set<string>();
afterAll(async () => {
  await boards.close();
  // The tables of docs/devices.md say what is exercised: neither more nor less than here.
  expect([...exercised].sort()).toEqual([...SENSORS_EMULATED, ...ACTUATORS_EMULATED].sort());
});

const near = (value: number, within: number) => ({ value, within });
type Near = ReturnType<typeof near>;
const climate = { temperature: near(23.5, 0.1), humidity: near(52, 0.2), pressure: near(985, 0.2) };
const axes = { x: near(0.25, 0.01), y: near(-0.5, 0.01), z: near(0.8, 0.01) };
const READ: readonly (readonly [SensorKind, Near | Readonly<Record<string, Near>>, object?])[] = [
  ['tmp36', near(23.5, 0.5), { pins: ['A0'] }],
  ['potentiometer', near(30, 0.2), { pins: ['A1'] }],
  ['light', near(30, 0.2), { pins: ['A1'] }],
  ['voltage', near(2.5, 0.005), { pins: ['A2'] }],
  ['joystick', { x: near(0, 0.01), y: near(1, 0.01) }, { pins: ['A2', 'A3'] }],
  ['switch', near(1, 0.1)],
  ['button', near(1, 0.1), { pins: ['D4'] }],
  ['bme280', climate],
  ['bmp180', { temperature: climate.temperature, pressure: climate.pressure }],
  ['sht31d', { temperature: climate.temperature, humidity: climate.humidity }],
  ['htu21d', { temperature: climate.temperature, humidity: climate.humidity }],
  ['mcp9808', climate.temperature],
  ['tmp102', climate.temperature],
  ['bh1750', near(320, 1)],
  ['tsl2561', near(320, 5)],
  ['mpu6050-acceleration', axes],
  ['adxl345', axes],
  ['lis3dh', axes, { address: 0x19 }],
  ['hmc5883l', { heading: near(36.9, 1) }],
];

describe('the emulated board', { timeout: 60_000 }, () => {
  it.for([...READ])('reads %s', async ([kind, wanted, given]) => {
    exercised.add(kind);
    const got: SensorValue[] = [];
    const pins = SENSORS[kind].pins.map(({ standard }) => standard);
    const reading = board.read(
      { holder: kind, kind, pins, period: 100, ...given },
      { next: ({ value }) => got.push(value), lost: (error) => expect.unreachable(error.message) },
    );
    await vi.waitFor(() => expect(got.length).toBeGreaterThan(0), PATIENCE);
    reading.close();
    const [value] = got;
    const values = typeof value === 'object' ? value : { value };
    const all = 'within' in wanted ? { value: wanted as Near } : wanted;
    for (const [name, { value: right, within }] of Object.entries(all)) {
      expect(Math.abs(Number(values[name as keyof typeof values]) - right), name).toBeLessThan(within);
    }
  });

  const take = (kind: ActuatorKind, pins: readonly string[], given: object = {}) => {
    exercised.add(kind);
    return board.output({ holder: kind, kind, pins: [...pins], ...given });
  };
  /** What is measured at pins of the chip. */
  const on = (...names: readonly string[]) =>
    names.map((name) => board.state().pins.find(({ pin }) => pin === name)?.value);
  const chipAt = (address: number) => board.state().chips?.find((chip) => chip.address === address);

  it('switches, fades, mixes and turns', async () => {
    await take('relay', ['D7']).set(true);
    await take('led', ['D6']).set(0.2);
    await take('rgb', ['D3', 'D5', 'D11']).set('#ff3300');
    await take('servo', ['D9']).set(60);
    await take('motor-directional', ['D10', 'D8']).set(0.4);
    await vi.waitFor(() => {
      expect(on('D7', 'D6')).toEqual([1, expect.closeTo(0.2, 2)]);
      expect(on('D3', 'D5', 'D11')).toEqual([1, expect.closeTo(0.2, 2), 0]);
      expect(Number(on('D9')[0])).toBeCloseTo(60, 0);
      expect(on('D10', 'D8')).toEqual([expect.closeTo(0.4, 2), 1]);
    }, PATIENCE);
  });

  it('shows text and pictures on its bus', async () => {
    const rows = ['#.......', '.#.....#', '..#.....', '...#....', '........', '........', '........', '########'];
    await take('lcd-pcf8574', []).set(['warm', '21.5 °C']);
    await take('matrix-ht16k33', []).set(rows);
    await vi.waitFor(() => {
      expect(chipAt(0x27)?.text?.map((line) => line.trim())).toEqual(['warm', '21.5 °C']);
      expect(chipAt(0x70)?.dots).toEqual(rows);
    }, PATIENCE);
  });
});

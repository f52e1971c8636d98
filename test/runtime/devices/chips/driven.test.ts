/**
 * What Johnny-Five drives over the bus. Its expanders go to the first board of a thread, whatever board they are given: so
 * all of them are on one.
 */
import five from 'johnny-five';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { plugIn } from './bench.ts';

interface Driver {
  brightness(value: number): void;
  to(degrees: number): void;
  digitalWrite(pin: number, level: 0 | 1): void;
  digitalRead(pin: number, next: (level: number) => void): void;
  pinMode(pin: number, mode: number): void;
  print(text: string): this;
  cursor(row: number, column: number): this;
  on(): void;
  draw(rows: readonly number[]): void;
  readonly x: number;
  readonly z: number;
}
type Made = new (options: object) => Driver;
const classes = five as unknown as Readonly<Record<'Servo' | 'Expander' | 'LCD' | 'Accelerometer', Made>> & {
  readonly Led: Made & { readonly Matrix: Made };
};

let bench: Awaited<ReturnType<typeof plugIn>>;
beforeAll(async () => {
  const places = [
    ['pca9685', 0x40],
    ['pca9685', 0x41],
    ['mcp23017', 0x20],
    ['pcf8574', 0x21],
    ['lcd1602', 0x27],
    ['ht16k33', 0x70],
    ['lis3dh', 0x18],
  ] as const;
  bench = await plugIn(
    places.map(([chip, address]) => ({ chip, address })),
    { accelerationX: 0.5 },
  );
});
afterAll(() => bench.close());
const driven = (address: number, output: string | number) => bench.driven.get(`${address}:${output}`);

it('fades an LED on a PCA9685', async () => {
  const led = new classes.Led({ controller: 'PCA9685', pin: 3, address: 0x40, board: bench.board });
  led.brightness(128);
  await vi.waitFor(() => expect(driven(0x40, 3)).toBeCloseTo(128 / 255, 3));
  led.brightness(255);
  await vi.waitFor(() => expect(driven(0x40, 3)).toBe(1));
});

it('turns a servo on a PCA9685, with pulses a fifth longer than it says', async () => {
  const servo = new classes.Servo({ controller: 'PCA9685', pin: 5, address: 0x41, board: bench.board });
  servo.to(90);
  // 50 Hz, and 1,150 µs meant: it reckons with 4 µs a step, of which there are 4,096 in 20 ms.
  await vi.waitFor(() => expect(Number(driven(0x41, 5)) * Number(driven(0x41, 'period'))).toBeCloseTo(1400, -1));
});

it('sets and reads the pins of expanders', async () => {
  const mcp = new classes.Expander({ controller: 'MCP23017', address: 0x20, board: bench.board });
  mcp.digitalWrite(9, 1);
  await vi.waitFor(() => expect(driven(0x20, 9)).toBe(1));
  const levels: number[] = [];
  mcp.pinMode(3, 0);
  mcp.digitalRead(3, (level) => levels.push(level));
  await vi.waitFor(() => expect(levels.at(-1)).toBe(0));
  bench.reading.levels['mcp23017:3'] = 1;
  await vi.waitFor(() => expect(levels.at(-1)).toBe(1));
  const pcf = new classes.Expander({ controller: 'PCF8574', address: 0x21, board: bench.board });
  pcf.digitalWrite(2, 1);
  await vi.waitFor(() => expect([driven(0x21, 1), driven(0x21, 2)]).toEqual([0, 1]));
});

it('writes on an LCD, and lights it', async () => {
  const lcd = new classes.LCD({ controller: 'PCF8574', address: 0x27, board: bench.board });
  lcd.print('hello').cursor(1, 3).print('world');
  await vi.waitFor(() => expect(driven(0x27, 'text')).toBe('hello\n   world'));
});

it('draws on a matrix', async () => {
  const matrix = new classes.Led.Matrix({ controller: 'HT16K33', addresses: [0x70], board: bench.board, dims: '8x8' });
  matrix.on();
  matrix.draw([0x81, 0, 0, 0, 0, 0, 0, 0xff]);
  await vi.waitFor(() => {
    const rows = Buffer.from(String(driven(0x70, 'rows')), 'hex');
    const lit = [...rows].reduce((sum, row) => sum + row.toString(2).replaceAll('0', '').length, 0);
    expect(lit).toBe(10);
  });
});

it('reads a LIS3DH, by Johnny-Five 2.4 % too small', async () => {
  const accelerometer = new classes.Accelerometer({ controller: 'LIS3DH', address: 0x18, board: bench.board });
  // The data sheet has 8,000 counts a g at ±4 g, Johnny-Five divides by 8,190.
  await vi.waitFor(() => expect(accelerometer.z).toBeCloseTo(8000 / 8190, 2));
  expect(accelerometer.x).toBeCloseTo((0.5 * 8000) / 8190, 2);
});

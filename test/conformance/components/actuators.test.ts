import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type ActuatorKind, actuatorKinds } from '../../../runtime/devices/catalogue/actuators.ts';
import { ACTUATORS_NOT_EXERCISED } from '../../../runtime/devices/catalogue/exercised.ts';
import { MODE, sevenBits } from '../../../runtime/devices/virtual/protocol.ts';
import { UNO } from '../../../runtime/devices/virtual/uno.ts';
import { type Bench, openBench } from './output-bench.ts';
import { max7219, onBackpack, onSixWires, pca9685, shiftedBytes } from './receivers.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});

const exercised = new Set<ActuatorKind>();
const take: Bench['take'] = (kind, given) => {
  exercised.add(kind);
  return bench.take(kind, given);
};
const to = (address: number) => bench.writes.filter((write) => write.address === address).map(({ bytes }) => bytes);

afterAll(() => {
  // The table of docs/devices.md says what is exercised: neither more nor less than here.
  const untried = actuatorKinds.filter((kind) => !exercised.has(kind));
  expect(untried.sort()).toEqual(Object.keys(ACTUATORS_NOT_EXERCISED).sort());
});

describe('lamps', () => {
  it('shine as brightly as they are told', async () => {
    const led = await take('led', { pins: ['D3'] });
    for (const [value, duty] of [
      [true, 255],
      [0.4, 102],
      ['off', 0],
      ['0.2', 51],
      [1, 255],
    ] as const) {
      led.set(value);
      expect(bench.on('D3')).toBe(duty);
    }
    expect(bench.mode('D3')).toBe('PWM');
    (await take('led', { pins: ['A4'] })).set('on');
    expect([bench.on('A4'), bench.mode('A4')]).toEqual([1, 'OUTPUT']);
  });

  it('mix colours on three pins, and turn them round where the anode is common', async () => {
    const colours = () => ['D9', 'D10', 'D11'].map((pin) => bench.on(pin));
    const lamp = await take('rgb');
    lamp.set('#ff8000');
    expect(colours()).toEqual([255, 128, 0]);
    lamp.set({ red: 1, green: 20, blue: 255 });
    expect(colours()).toEqual([1, 20, 255]);
    lamp.set('orange');
    expect(colours()).toEqual([255, 165, 0]);
    const anode = await take('rgb', { options: { anode: true } });
    expect(colours()).toEqual([255, 255, 255]);
    anode.set('#ff8000');
    expect(colours()).toEqual([0, 127, 255]);
  });

  it('shine on a PCA9685', async () => {
    (await take('led-pca9685', { options: { channel: 3 } })).set(0.25);
    (await take('rgb-pca9685', { options: { red: 13, green: 14, blue: 15 } })).set('#ff3300');
    const chip = pca9685(to(0x40));
    expect(chip.awake).toBe(true);
    expect(chip.hertz).toBeCloseTo(200, -1);
    expect([3, 13, 14, 15].map((output) => chip.duty(output))).toEqual(
      [0.25, 1, 0.2, 0].map((duty) => expect.closeTo(duty, 3) as number),
    );
  });
});

describe('what is on or off', () => {
  it('switches a pin, also one that is an analog input otherwise', async () => {
    for (const [kind, pin] of [
      ['relay', 'D7'],
      ['output', 'A2'],
      ['buzzer', 'D8'],
    ] as const) {
      const output = await take(kind, { pins: [pin] });
      output.set('on');
      expect([bench.on(pin), bench.mode(pin)]).toEqual([1, 'OUTPUT']);
      output.set(false);
      expect(bench.on(pin)).toBe(0);
    }
  });

  it('is the other way round on a relay that is normally closed', async () => {
    const relay = await take('relay', { options: { type: 'NC' } });
    relay.set(true);
    expect(bench.on('D7')).toBe(0);
    relay.set(false);
    expect(bench.on('D7')).toBe(1);
  });

  it('switches the pins of expanders, each by itself', async () => {
    const third = await take('output-mcp23017', { options: { channel: 3 } });
    const eleventh = await take('output-mcp23017', { options: { channel: 11 } });
    third.set(true);
    eleventh.set(true);
    third.set(false);
    third.set(true);
    const registers = new Map(to(0x20).map(([register, value]) => [register, value]));
    expect([0x00, 0x01, 0x14, 0x15].map((register) => registers.get(register))).toEqual([0xf7, 0xf7, 0x08, 0x08]);
    const fifth = await take('output-pcf8574', { address: 0x38, options: { channel: 5 } });
    fifth.set(false);
    fifth.set(true);
    fifth.set(false);
    expect(to(0x38)).toEqual([[0xdf], [0xff], [0xdf]]);
  });
});

describe('servos and speed controllers', () => {
  it('turn to the angle, within their own pulses', async () => {
    const servo = await take('servo');
    expect(bench.mode('D9')).not.toBe('SERVO');
    for (const [degrees, pulse] of [
      [0, 600],
      [90, 1500],
      ['45', 1050],
      [180, 2400],
    ] as const) {
      servo.set(degrees);
      expect([bench.on('D9'), bench.mode('D9')]).toEqual([pulse, 'SERVO']);
    }
    const other = await take('servo', { pins: ['D10'], options: { least: 1000, most: 2000, invert: true, to: 120 } });
    other.set(45);
    expect(bench.on('D10')).toBe(1750);
    expect(() => other.set(121)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    const turning = await take('servo-continuous', { pins: ['D6'] });
    turning.set(-0.5);
    expect(bench.on('D6')).toBe(1250);
    turning.set(0);
    expect(bench.on('D6')).toBe(1500);
  });

  it('give the same pulses on a PCA9685, beside lamps that go on shining', async () => {
    (await take('led-pca9685', { options: { channel: 0 } })).set(0.5);
    (await take('servo-pca9685', { options: { channel: 4 } })).set(90);
    (await take('servo-continuous-pca9685', { options: { channel: 5 } })).set(1);
    const esc = await take('esc-pca9685', { options: { channel: 6, arming: 0 } });
    bench.advance(0);
    esc.set(0.5);
    const chip = pca9685(to(0x40));
    expect(chip.hertz).toBeCloseTo(50, 0);
    expect(chip.duty(0)).toBe(0.5);
    const pulses = [4, 5, 6].map((output) => chip.pulse(output));
    [1500, 2000, 1500].forEach((pulse, at) => expect(Math.abs((pulses[at] ?? 0) - pulse)).toBeLessThan(5));
  });

  it('arm before they take a throttle', async () => {
    const esc = await take('esc');
    expect(bench.on('D9')).toBe(1000);
    esc.set(0.5);
    expect(bench.on('D9')).toBe(1000);
    bench.advance(2000);
    expect(bench.on('D9')).toBe(1500);
    esc.set(1);
    expect(bench.on('D9')).toBe(2000);
    expect(() => esc.set(-0.5)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    const both = await take('esc', { pins: ['D10'], options: { type: 'both' } });
    expect(bench.on('D10')).toBe(1500);
    bench.advance(2000);
    both.set(-0.5);
    expect(bench.on('D10')).toBe(1250);
  });
});

describe('motors', () => {
  it('run forward and backward', async () => {
    const motor = await take('motor');
    motor.set(0.1);
    expect(bench.on('D3')).toBe(26);
    motor.set(false);
    expect(bench.on('D3')).toBe(0);
    const shield = await take('motor-directional', { pins: ['D11', 'D13'] });
    shield.set(-1);
    expect([bench.on('D11'), bench.on('D13')]).toEqual([255, 0]);
    shield.set(0.2);
    expect([bench.on('D11'), bench.on('D13')]).toEqual([51, 1]);
    const bridge = await take('motor-hbridge', { pins: ['D5', 'A0', 'A1'] });
    bridge.set(0.4);
    expect(['D5', 'A0', 'A1'].map((pin) => bench.on(pin))).toEqual([102, 1, 0]);
    bridge.set(-0.4);
    expect(['D5', 'A0', 'A1'].map((pin) => bench.on(pin))).toEqual([102, 0, 1]);
    bridge.set(0);
    expect(bench.on('D5')).toBe(0);
  });

  it('do not stutter under a stream of speeds', async () => {
    const motor = await take('motor-directional', { pins: ['D5', 'D4'] });
    motor.set(0.2);
    const from = bench.changes.length;
    for (const speed of [0.4, 0.6, 0.8]) motor.set(speed);
    expect(bench.changes.slice(from)).toEqual([102, 153, 204].map((value) => ({ pin: 'D5', value })));
  });

  it('run on the chip of a shield', async () => {
    const motor = await take('motor-pca9685', { options: { motor: 'M2' } });
    motor.set(-0.5);
    const chip = pca9685(to(0x60));
    expect([13, 12, 11].map((output) => chip.duty(output))).toEqual([0.5, 0, 1]);
    motor.set(0);
    expect(pca9685(to(0x60)).duty(13)).toBe(0);
  });

  it('step where the firmware has steppers', async () => {
    const STEPPER = 8;
    bench = await openBench(
      UNO.map((pin) => (MODE.OUTPUT in pin.modes ? { ...pin, modes: { ...pin.modes, [STEPPER]: 21 } } : pin)),
    );
    const sent = () => bench.sysex.filter(([kind]) => kind === 0x72).map(([, ...rest]) => rest);
    (await take('stepper-driver', { options: { rpm: 60 } })).set(-300);
    const speed = sevenBits(Math.round(2 * Math.PI * 100));
    expect(sent()).toEqual([
      [0, 0, 1, ...sevenBits(200), 4, 3],
      [1, 0, 0, ...sevenBits(300), 0, ...speed],
    ]);
    (await take('stepper-four-wire', { options: { stepsPerTurn: 2048, acceleration: 20, rpm: 10 } })).set(5);
    expect(sent().slice(2)).toEqual([
      [0, 1, 4, ...sevenBits(2048), 8, 10, 9, 11],
      [1, 1, 1, 5, 0, 0, ...sevenBits(Math.round((2 * Math.PI * 1000) / 60)), 20, 0, 20, 0],
    ]);
  });
});

describe('sounds', () => {
  it('swing as often as the tone does, and are still at its end', async () => {
    // Tones need a clock that runs by itself.
    const piezo = await take('piezo', { pins: ['A1'] });
    piezo.set([]);
    expect(bench.on('A1')).toBe(0);
    for (const value of ['h4', 20, 5000, { frequency: 440, duration: -1 }, ['c4', 'x']]) {
      expect(() => piezo.set(value)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    }
    piezo.set({ frequency: 500, duration: 10 });
    const turns = new Promise<void>((resolve) => {
      let left = 400;
      const turn = () => {
        bench.advance(0.25);
        if (--left === 0) resolve();
        else setImmediate(turn);
      };
      setImmediate(turn);
    });
    await turns;
    const waves = bench.changes.filter(({ pin, value }) => pin === 'A1' && value === 1).length;
    expect(waves).toBeGreaterThanOrEqual(4);
    expect(waves).toBeLessThanOrEqual(6);
    expect(bench.on('A1')).toBe(0);
    piezo.leave();
  });
});

describe('displays', () => {
  const wires = ['D12', 'D11', 'D5', 'D4', 'D3', 'D2'];

  it('show text on six wires', async () => {
    const lcd = await take('lcd');
    lcd.set('first');
    bench.advance(100);
    lcd.set(`21.5 °C\nthe :second: line, cut`);
    const display = onSixWires(bench.changes, wires);
    expect([display.lines, display.lit]).toEqual([2, true]);
    expect(display.text(0x00, 16)).toBe('21.5 \xdfC'.padEnd(16));
    expect(display.text(0x40, 16)).toBe('the :second: lin');
    lcd.set('');
    expect(onSixWires(bench.changes, wires).memory.join('').trim()).toBe('');
  });

  it('show four lines on pins that are analog inputs otherwise, and again after somebody else had them', async () => {
    const pins = ['A0', 'A1', 'A2', 'A3', 'A4', 'A5'];
    const lcd = await take('lcd', { pins, options: { size: '20x4' } });
    bench.advance(100);
    lcd.set(['one', 'two', 3, 'four']);
    const shown = onSixWires(bench.changes, pins);
    expect([0x00, 0x40, 0x14, 0x54].map((from) => shown.text(from, 20).trim())).toEqual(['one', 'two', '3', 'four']);
    (await take('lcd', { pins, options: { size: '20x4' } })).set('again');
    bench.advance(100);
    expect(onSixWires(bench.changes, pins).text(0, 20).trim()).toBe('again');
  });

  it('show text on the bus', async () => {
    const lcd = await take('lcd-pcf8574', { address: 0x3f });
    bench.advance(100);
    lcd.set(42.5);
    lcd.set('T = 42.6');
    const display = onBackpack(to(0x3f).flat());
    expect([display.text(0, 16).trim(), display.light, display.lines]).toEqual(['T = 42.6', true, 2]);
  });

  it('draw pictures and letters on a matrix of three wires', async () => {
    const pins = ['D2', 'D3', 'D4'];
    const rows = ['#......#', '.#....#.', '..#..#..', '...##...', '...##...', '..#..#..', '.#....#.', '#......#'];
    const bits = [0x81, 0x42, 0x24, 0x18, 0x18, 0x24, 0x42, 0x81];
    const matrix = await take('matrix-max7219', { options: { brightness: 100 } });
    matrix.set(rows);
    const rowsOf = (registers?: Map<number, number>) => bits.map((_, row) => registers?.get(row + 1));
    const [chip] = max7219(shiftedBytes(bench.changes, pins));
    expect(rowsOf(chip)).toEqual(bits);
    // Not decoded, all rows, awake, no test, full brightness.
    expect([0x09, 0x0b, 0x0c, 0x0f, 0x0a].map((register) => chip?.get(register))).toEqual([0, 7, 1, 0, 15]);
    const from = bench.changes.length;
    matrix.set([0x81, ...bits.slice(1, 7), 0]);
    expect(shiftedBytes(bench.changes.slice(from), pins)).toEqual([[8, 0]]);
    const two = await take('matrix-max7219', { pins: ['A0', 'A1', 'A2'], options: { modules: 2 } });
    two.set('HI');
    const [first, second] = max7219(shiftedBytes(bench.changes, ['A0', 'A1', 'A2']), 2);
    expect(rowsOf(first)).toEqual([0x44, 0x44, 0x44, 0x7c, 0x44, 0x44, 0x44, 0x44]);
    expect(rowsOf(second)).toEqual([0x7c, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x7c]);
    two.set(rows.map((row) => row + row));
    expect(max7219(shiftedBytes(bench.changes, ['A0', 'A1', 'A2']), 2).map(rowsOf)).toEqual([bits, bits]);
  });

  it('draw pictures on a matrix on the bus, in one write', async () => {
    const matrix = await take('matrix-ht16k33');
    matrix.set([0x80, 0x40, 0x01, 0, 0, 0, 0, 0xff]);
    expect(to(0x70)).toEqual([
      [0x21],
      [0xe3],
      [0x81],
      [0, 0x80, 0, 0x01, 0, 0x40, 0, ...Array<number>(8).fill(0), 0xff, 0],
    ]);
  });

  it('show numbers with their sign and point', async () => {
    const pins = ['D2', 'D3', 'D4'];
    const digits = await take('digits-max7219', { options: { digits: 4 } });
    digits.set(-3.14159);
    const shown = () => {
      const [chip] = max7219(shiftedBytes(bench.changes, pins));
      return [4, 3, 2, 1].map((digit) => chip?.get(digit));
    };
    expect(shown()).toEqual([0x01, 0x79 | 0x80, 0x30, 0x33]);
    digits.set('7');
    expect(shown()).toEqual([0, 0, 0, 0x70]);
    expect(() => digits.set(123456)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    (await take('digits-ht16k33')).set('12.34');
    // a is the low bit: 1 is b and c.
    expect(to(0x70).at(-1)).toEqual([0, 0x06, 0, 0x5b | 0x80, 0, 0, 0, 0x4f, 0, 0x66, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('pushes bytes through a chain of registers, the first one first in the list', async () => {
    const pins = ['D2', 'D3', 'D4'];
    (await take('shift-74hc595')).set('10110010');
    expect(shiftedBytes(bench.changes, pins)).toEqual([[0b10110010]]);
    const chain = await take('shift-74hc595', { pins: ['A0', 'A1', 'A2'], options: { registers: 2 } });
    chain.set([1, 128]);
    chain.set(258);
    expect(shiftedBytes(bench.changes, ['A0', 'A1', 'A2']).slice(0, 2)).toEqual([
      [128, 1],
      [1, 2],
    ]);
  });
});

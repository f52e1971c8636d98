import { describe, expect, it } from 'vitest';
import { createWorld } from '../../../runtime/devices/index.ts';
import { createPeer } from '../../../runtime/devices/virtual/peer.ts';
import { MODE } from '../../../runtime/devices/virtual/protocol.ts';
import { UNO } from '../../../runtime/devices/virtual/uno.ts';
import { plugInEmulated, sevens, stillWorld, sysex } from './emulated-rig.ts';
import { virtualTime } from './virtual-time.ts';

const DIGITAL = Array.from({ length: 12 }, (_, index) => index + 2);
const FADING = [3, 5, 6, 9, 10, 11];
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const interval = (ms: number) => sysex(0x7a, ...sevens(ms));
const fade = (pin: number, duty: number) => sysex(0x6f, pin, ...sevens(duty));

function fresh(chips: Parameters<typeof stillWorld>[0] = []) {
  const { world, put } = stillWorld(chips);
  const rig = plugInEmulated({ world });
  rig.advance(100);
  return { ...rig, put, hello: rig.take() };
}

describe('the emulated board', () => {
  it('names its protocol and its firmware when it is switched on, and when asked', () => {
    const { hello, write, advance, take } = fresh();
    expect(hello.slice(0, 7)).toEqual([0xf9, 2, 5, 0xf0, 0x79, 1, 0]);
    const letters = hello.slice(7, -1).filter((_, index) => index % 2 === 0);
    expect(String.fromCharCode(...letters)).toBe('MillraceUno');
    write(0xf9, ...sysex(0x79));
    advance(50);
    expect(take()).toEqual(hello);
  });

  it('has the pins that the virtual board has, with the same abilities and the same numbers', () => {
    const { world } = stillWorld();
    const { clock } = virtualTime();
    const said: number[] = [];
    const peer = createPeer({ layout: UNO, world, clock, send: (bytes) => said.push(...bytes) });
    const { write, advance, take } = fresh();
    for (const query of [0x6b, 0x69]) {
      peer.receive(Uint8Array.from(sysex(query)));
      write(...sysex(query));
    }
    advance(100);
    expect(take()).toEqual(said);
    peer.close();
  });

  it('reads every count of its converter exactly', () => {
    const { write, advance, takeReadings, put } = fresh();
    write(...interval(2), 0xc0, 1);
    advance(10);
    for (const counts of upTo(1024)) {
      put({ volts: { A0: ((counts + 0.5) * 5) / 1024 } });
      advance(6);
      expect(takeReadings().at(-1)).toMatchObject({ channel: 0, counts });
    }
  });

  it('reads six pins together, each set stamped with the millisecond at which it was read', () => {
    const { write, advance, takeReadings, put } = fresh();
    put({ volts: { A0: 0.5, A1: 1, A2: 1.5, A3: 2, A4: 2.5, A5: 3 } });
    write(...upTo(6).flatMap((channel) => [0xc0 | channel, 1]), ...interval(5));
    advance(2000);
    const readings = takeReadings();
    const counts = [102, 204, 307, 409, 512, 614];
    const first = readings[0]?.time ?? NaN;
    expect(first % 5).toBe(0);
    expect(readings.length).toBeGreaterThan(390 * 6);
    readings.forEach((reading, index) => {
      const channel = index % 6;
      expect(reading).toEqual({ channel, counts: counts[channel], time: first + 5 * Math.floor(index / 6) });
    });
  });

  it('reads a pin a thousand times a second', () => {
    const { write, advance, takeReadings } = fresh();
    write(...interval(1), 0xc2, 1);
    advance(1100);
    const times = takeReadings().map(({ time }) => time);
    expect(times.length).toBeGreaterThan(1000);
    expect(times).toEqual(times.map((_, index) => (times[0] ?? 0) + index));
  });

  it('leaves out whole sets where the line cannot carry them, and stamps the others where they were read', () => {
    const { world } = stillWorld();
    let at = 0;
    const told = {
      ...world,
      read: (time: number) => ((at = time), { ...world.read(time), volts: { A0: volts(time) } }),
    };
    const volts = (time: number) => ((Math.round(time) % 1000) + 0.5) * (5 / 1024);
    const { write, advance, takeReadings } = plugInEmulated({ world: told });
    advance(50);
    write(...upTo(6).flatMap((channel) => [0xc0 | channel, 1]), ...interval(1));
    advance(2000);
    const readings = takeReadings();
    expect(at).toBeGreaterThan(2000);
    // Of the last set a part is on the line.
    readings.length -= readings.length % 6;
    expect(readings.length).toBeGreaterThan(2 * 1700);
    readings.forEach(({ channel }, index) => expect(channel).toBe(index % 6));
    for (const { time, counts } of readings.filter(({ channel }) => channel === 0)) expect(counts).toBe(time % 1000);
  });

  it('says nothing of a pin whose wire is loose, and dates its messages by its own clock, right or wrong', () => {
    const { write, advance, takeReadings, put } = fresh();
    write(...interval(10), 0xc0, 1, 0xc3, 1);
    advance(100);
    put({ silent: new Set(['A3']) });
    advance(50);
    takeReadings();
    advance(100);
    expect(new Set(takeReadings().map(({ channel }) => channel))).toEqual(new Set([0]));
    put({ silent: new Set(), clockOff: 3_600_000 });
    advance(50);
    expect(takeReadings().at(-1)?.time).toBeGreaterThan(3_600_000);
  });

  it('reports a digital port at once when asked, and then when a level changes; a pull-up floats high', () => {
    const { write, advance, take, put } = fresh();
    write(0xf4, 2, MODE.INPUT, 0xf4, 4, MODE.PULLUP, 0xf4, 8, MODE.INPUT, 0xf4, 16, MODE.INPUT);
    write(0xd0, 1, 0xd1, 1, 0xd2, 1);
    advance(50);
    expect(take()).toEqual([0x90, 0b10000, 0, 0x91, 0, 0, 0x92, 0, 0]);
    put({ levels: { D2: 1, D4: 0, D8: 1, A2: 1 } });
    advance(50);
    expect(take()).toEqual([0x90, 0b00100, 0, 0x91, 1, 0, 0x92, 1, 0]);
    advance(1000);
    expect(take()).toEqual([]);
    write(0xd0, 0);
    put({ levels: {} });
    advance(50);
    expect(take()).toEqual([0x91, 0, 0, 0x92, 0, 0]);
  });

  it('sets every pin that can be an output, one at a time or by ports', () => {
    const { write, advance, last } = fresh();
    const pins = [...DIGITAL, 14, 15, 16, 17, 18, 19];
    for (const pin of pins) {
      write(0xf4, pin, MODE.OUTPUT, 0xf5, pin, 1);
      advance(20);
      expect(last(pin)).toEqual({ pin, mode: MODE.OUTPUT, value: 1 });
    }
    write(0x90, 0, 0, 0x91, 0b0100000, 0, 0x92, 0, 0);
    advance(20);
    expect(pins.filter((pin) => last(pin)?.value === 1)).toEqual([13]);
  });

  it('gives every duty on all six fading pins, exactly, while a servo moves and pins are read', () => {
    const { write, advance, last, takeReadings } = fresh();
    write(0xf4, 7, MODE.SERVO, 0xe7, ...sevens(1200), ...interval(10), 0xc0, 1, 0xc1, 1);
    for (const pin of FADING) write(0xf4, pin, MODE.PWM);
    for (const duty of upTo(256)) {
      FADING.forEach((pin, index) => write(...fade(pin, (duty + 40 * index) % 256)));
      advance(30);
      FADING.forEach((pin, index) => {
        expect([pin, last(pin)?.value ?? 0]).toEqual([pin, (duty + 40 * index) % 256]);
      });
    }
    expect(Math.abs((last(7)?.value ?? 0) - 1200)).toBeLessThanOrEqual(3);
    expect(takeReadings().length).toBeGreaterThan(1000);
  });

  it('moves twelve servos, by pulses or by degrees within their range', () => {
    const { write, advance, last } = fresh();
    const pulse = (pin: number) => 544 + 150 * (pin - 2);
    for (const pin of DIGITAL) write(0xf4, pin, MODE.SERVO, ...sysex(0x6f, pin, ...sevens(pulse(pin))));
    advance(150);
    for (const pin of DIGITAL) expect([pin, Math.abs((last(pin)?.value ?? 0) - pulse(pin)) <= 3]).toEqual([pin, true]);
    write(...sysex(0x70, 9, ...sevens(600), ...sevens(2400)), 0xe9, 90, 0);
    advance(100);
    expect(Math.abs((last(9)?.value ?? 0) - 1500)).toBeLessThanOrEqual(3);
    write(0xf4, 9, MODE.OUTPUT, 0xf5, 9, 1);
    advance(500);
    expect(last(9)).toEqual({ pin: 9, mode: MODE.OUTPUT, value: 1 });
  });

  it('takes bytes as fast as the line brings them, and loses none while it reads, fades and moves', () => {
    const { write, advance, pins } = fresh();
    write(0xf4, 13, MODE.OUTPUT, 0xf4, 7, MODE.SERVO, 0xe7, ...sevens(1500), 0xf4, 9, MODE.PWM, 0xe9, 100, 0);
    write(...interval(10), ...upTo(4).flatMap((channel) => [0xc0 | channel, 1]));
    advance(100);
    const before = pins.filter(({ pin }) => pin === 13).length;
    write(...upTo(4000).flatMap((turn) => [0xf5, 13, (turn + 1) % 2]));
    // 12,000 bytes at 57,143 bits a second.
    advance(2110);
    expect(pins.filter(({ pin }) => pin === 13).length - before).toBe(4000);
  });

  it('ignores what a pin cannot do, noise, and messages that never end', () => {
    const { write, advance, pins, take } = fresh();
    write(0x12, 0x34, 0xf4, 13, MODE.PWM, 0xf4, 0, MODE.OUTPUT, 0xf4, 99, MODE.OUTPUT, 0xc9, 1, 0xde, 1);
    write(0xf0, 0x6b, ...upTo(500).map(() => 1), 0xf0, 0x6d);
    write(...sysex(0x6d, 13), ...sysex(0x6d, 99));
    advance(200);
    expect(pins).toEqual([]);
    expect(take()).toEqual([...sysex(0x6e, 13, MODE.INPUT, 0, 0), ...sysex(0x6e, 99)]);
  });

  it('forgets its outputs and what it reports at a reset', () => {
    const { write, advance, last, takeReadings } = fresh();
    write(0xc0, 1, 0xf4, 13, MODE.OUTPUT, 0xf5, 13, 1, 0xf4, 9, MODE.SERVO, 0xe9, ...sevens(1500));
    advance(100);
    write(0xff);
    advance(50);
    takeReadings();
    expect(last(13)).toEqual({ pin: 13, mode: MODE.INPUT, value: 0 });
    expect(last(9)).toEqual({ pin: 9, mode: MODE.INPUT, value: 0 });
    advance(200);
    expect(takeReadings()).toEqual([]);
  });

  it('reads and writes chips on the bus, once or at every interval, and says where nobody answers', () => {
    const { write, advance, take, put } = fresh([{ chip: 'mpu6050', address: 0x68 }]);
    put({ quantities: { accelerationZ: 1, temperature: 36.53 } });
    write(...sysex(0x78, 0, 0), ...sysex(0x76, 0x68, 0x08, 0x75, 0, 1, 0));
    advance(50);
    expect(take()).toEqual(sysex(0x77, 0x68, 0, 0x75, 0, 0x68, 0));
    write(...sysex(0x76, 0x68, 0x00, 0x6b, 0, 0, 0), ...sysex(0x76, 0x68, 0x08, 0x3f, 0, 2, 0));
    advance(50);
    expect(take()).toEqual(sysex(0x77, 0x68, 0, 0x3f, 0, 0x40, 0, 0, 0));
    write(...interval(20), ...sysex(0x76, 0x68, 0x10, 0x3f, 0, 2, 0));
    advance(200);
    expect(take().filter((byte) => byte === 0xf0).length).toBeGreaterThan(7);
    write(...sysex(0x76, 0x68, 0x18));
    advance(50);
    take();
    advance(100);
    expect(take()).toEqual([]);
    write(...sysex(0x76, 0x50, 0x08, 0, 0, 1, 0));
    advance(50);
    const words = take();
    expect(words[1]).toBe(0x71);
    expect(words.slice(-7)).toEqual(sysex(0x77, 0x50, 0, 0, 0).slice(-7));
  });

  it('measures to one count what the virtual board measures in the same world, at the same times', () => {
    const commands = [
      ...interval(10),
      ...upTo(4).flatMap((channel) => [0xf4, 14 + channel, MODE.ANALOG, 0xc0 | channel, 1]),
    ];
    const emulated = plugInEmulated({ world: createWorld({ scene: 'pump', seed: 7 }) });
    const { clock, advance } = virtualTime(0);
    const virtual: { bytes: readonly number[]; time: number }[] = [];
    const world = createWorld({ scene: 'pump', seed: 7 });
    const peer = createPeer({ layout: UNO, world, clock, send: (bytes, time) => virtual.push({ bytes, time }) });
    emulated.advance(50);
    emulated.write(...commands);
    emulated.advance(3000);
    advance(50);
    peer.receive(Uint8Array.from(commands));
    advance(3000);
    peer.close();
    const byTime = new Map(virtual.map(({ bytes, time }) => [time, bytes]));
    const readings = emulated.takeReadings();
    expect(readings.length).toBeGreaterThan(4 * 290);
    for (const { time, channel, counts } of readings) {
      const bytes = byTime.get(time) ?? [];
      const at = bytes.indexOf(0xe0 | channel);
      expect([time, channel, (bytes[at + 1] ?? 0) | ((bytes[at + 2] ?? 0) << 7)]).toEqual([time, channel, counts]);
    }
  });
});

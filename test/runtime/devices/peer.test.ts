import { afterEach, describe, expect, it } from 'vitest';
import { createWorld } from '../../../runtime/devices/index.ts';
import { createPeer } from '../../../runtime/devices/virtual/peer.ts';
import { MODE } from '../../../runtime/devices/virtual/protocol.ts';
import { UNO } from '../../../runtime/devices/virtual/uno.ts';
import { virtualTime } from './virtual-time.ts';

const SYSEX = (...bytes: number[]) => [0xf0, ...bytes, 0xf7];

function plugIn() {
  const { clock, advance, timers } = virtualTime();
  const world = createWorld({ scene: 'pump', seed: 1 });
  const sent: { bytes: readonly number[]; time: number }[] = [];
  const pins: { pin: number; mode: number; value: number }[] = [];
  const peer = createPeer({
    layout: UNO,
    world,
    clock,
    send: (bytes, time) => sent.push({ bytes, time }),
    onPin: (pin, { mode, value }) => pins.push({ pin, mode, value }),
  });
  const write = (...bytes: number[]) => peer.receive(Uint8Array.from(bytes));
  return { peer, world, sent, pins, write, advance, timers, take: () => sent.splice(0).map(({ bytes }) => bytes) };
}

let board: ReturnType<typeof plugIn> | undefined;
const fresh = () => (board = plugIn());
afterEach(() => board?.peer.close());

describe('the virtual board as a Firmata peer', () => {
  it('names its protocol version and firmware when it is switched on, and when asked', () => {
    const { peer, take, write } = fresh();
    peer.start();
    const [version, firmware] = take();
    expect(version).toEqual([0xf9, 2, 5]);
    expect(firmware?.slice(0, 4)).toEqual([0xf0, 0x79, 2, 5]);
    write(0xf9);
    write(...SYSEX(0x79));
    expect(take()).toEqual([version, firmware]);
  });

  it('has the pins of an Uno', () => {
    const { take, write } = fresh();
    write(...SYSEX(0x6b));
    const [capabilities = []] = take();
    const pins = capabilities
      .slice(2, -1)
      .join(' ')
      .split('127')
      .map((pin) => pin.trim());
    expect(pins).toHaveLength(21);
    expect(pins[0]).toBe('');
    expect(pins[2]).toBe('0 1 1 1 4 14 11 1');
    expect(pins[3]).toBe('0 1 1 1 3 8 4 14 11 1');
    expect(pins[14]).toBe('0 1 1 1 2 10 11 1');
    write(...SYSEX(0x69));
    const [mapping = []] = take();
    expect(mapping.slice(2, -1)).toEqual([...Array.from({ length: 14 }, () => 127), 0, 1, 2, 3, 4, 5]);
  });

  it('says nothing of a pin whose wire is loose, and dates its messages by its own clock, right or wrong', () => {
    const { sent, write, advance, world } = fresh();
    for (const analog of [0, 3]) {
      write(0xf4, 14 + analog, MODE.ANALOG);
      write(0xc0 | analog, 1);
    }
    write(...SYSEX(0x7a, 10, 0));
    const pins = () => new Set(sent.splice(0).flatMap(({ bytes }) => bytes.filter((byte) => byte >= 0xe0)));
    advance(1000);
    expect(pins()).toEqual(new Set([0xe0, 0xe3]));
    world.set({ temperatureSensor: 'dropout' });
    advance(1000);
    expect(pins()).toEqual(new Set([0xe0]));
    world.set({ temperatureSensor: 'good', clock: 'jumping' });
    advance(10);
    const before = sent.splice(0).at(-1)?.time ?? NaN;
    world.set({ clock: 'right' });
    advance(10);
    expect(sent.splice(0).at(-1)?.time).toBe(before + 10 - 3_600_000);
  });

  it('reports the analog pins that were asked for, together, at the interval that was set', () => {
    const { sent, write, advance } = fresh();
    write(...SYSEX(0x7a, 10, 0), 0xc0, 1, 0xc3, 1);
    advance(100);
    expect(sent).toHaveLength(10);
    expect(sent.map(({ time }, i) => time - (sent[0]?.time ?? 0) - i * 10)).toEqual(sent.map(() => 0));
    for (const { bytes } of sent) expect(bytes.filter((byte) => byte >= 0x80)).toEqual([0xe0, 0xe3]);
    const [, low = 0, high = 0] = sent[0]?.bytes.slice(3) ?? [];
    expect((low | (high << 7)) * (5 / 1023)).toBeCloseTo(0.86, 1);
    write(0xc0, 0, 0xc3, 0);
    sent.length = 0;
    advance(100);
    expect(sent).toEqual([]);
  });

  it('reports a digital port once when asked, and then when a level changes', () => {
    const { take, write, advance } = fresh();
    write(0xf4, 2, MODE.INPUT, 0xf4, 4, MODE.PULLUP, 0xd0, 1);
    advance(100_000);
    const reports = take();
    expect(reports[0]?.[0]).toBe(0x90);
    const levels = reports.map(([, low = 0]) => low);
    for (const level of levels) expect(level & 0b10000).toBe(0b10000);
    expect(levels.length).toBeGreaterThan(2);
    expect(levels.slice(1).every((level, i) => level !== levels[i])).toBe(true);
  });

  it('takes digital, PWM and servo writes on pins that can do them, and ignores the others', () => {
    const { pins, write, take } = fresh();
    write(0xf4, 13, MODE.OUTPUT, 0x91, 0b100000, 0);
    expect(pins.at(-1)).toEqual({ pin: 13, mode: MODE.OUTPUT, value: 1 });
    write(0xf5, 13, 0);
    expect(pins.at(-1)).toEqual({ pin: 13, mode: MODE.OUTPUT, value: 0 });
    write(0xf4, 3, MODE.PWM, 0xe3, 0, 1);
    expect(pins.at(-1)).toEqual({ pin: 3, mode: MODE.PWM, value: 128 });
    write(0xf4, 9, MODE.SERVO, 0xe9, 1500 & 0x7f, 1500 >> 7);
    expect(pins.at(-1)).toEqual({ pin: 9, mode: MODE.SERVO, value: 1500 });
    const before = pins.length;
    write(0xf4, 13, MODE.PWM, 0xf4, 0, MODE.OUTPUT, 0xf4, 99, MODE.OUTPUT);
    expect(pins).toHaveLength(before);
    write(...SYSEX(0x6d, 9));
    expect(take()).toEqual([SYSEX(0x6e, 9, MODE.SERVO, 1500 & 0x7f, 1500 >> 7)]);
  });

  it('survives noise on the line, and messages that come in pieces', () => {
    const { take, write } = fresh();
    write(0x12, 0x34, 0xf0, 0x6b);
    write(0xf0, 0x69);
    write(0xf7, 0xf0, ...Array.from({ length: 500 }, () => 1));
    write(0xf9);
    const [mapping, version] = take();
    expect(mapping?.[1]).toBe(0x6a);
    expect(version).toEqual([0xf9, 2, 5]);
  });

  it('stops reporting and forgets its outputs at a reset', () => {
    const { write, timers, advance, take, pins } = fresh();
    write(0xc0, 1, 0xf4, 13, MODE.OUTPUT, 0xf5, 13, 1);
    write(0xff);
    take();
    advance(100);
    expect(take()).toEqual([]);
    expect(timers.size).toBe(0);
    write(0xf5, 13, 1);
    expect(pins.at(-1)).toEqual({ pin: 13, mode: MODE.OUTPUT, value: 1 });
  });
});

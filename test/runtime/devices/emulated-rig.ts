import { createEmulator, type EmulatorOptions } from '../../../runtime/devices/virtual/emulator/emulator.ts';
import type { World, WorldReading } from '../../../runtime/devices/world/types.ts';
import { virtualTime } from './virtual-time.ts';

const NOTHING: WorldReading = {
  volts: {},
  levels: {},
  silent: new Set(),
  clockOff: 0,
  quantities: {},
  absent: new Set(),
};

/** A world that is what a test says. */
export function stillWorld(chips: World['chips'] = []) {
  let now = NOTHING;
  const world: World = {
    state: {},
    controls: [],
    chips,
    set: () => ({}),
    act: () => undefined,
    read: () => now,
  };
  return { world, put: (change: Partial<WorldReading>) => (now = { ...now, ...change }) };
}

/** What a message from a board holds, told apart by its first bytes. */
export interface Arrived {
  readonly bytes: readonly number[];
  readonly time: number;
}

/** An emulated board on a clock that is moved by hand. */
export function plugInEmulated(options: Pick<EmulatorOptions, 'world' | 'firmware'>) {
  const { clock, advance, timers } = virtualTime(0);
  const sent: Arrived[] = [];
  const pins: { pin: number; mode: number; value: number }[] = [];
  const board = createEmulator({
    ...options,
    clock,
    send: (bytes, time) => sent.push({ bytes: [...bytes], time }),
    onPin: (pin, { mode, value }) => pins.push({ pin, mode, value }),
  });
  board.start();
  const write = (...bytes: number[]) => board.receive(Uint8Array.from(bytes));
  /** Bytes that came since this was asked last. */
  const take = () => sent.splice(0).flatMap(({ bytes }) => bytes);
  /** Readings by analog input, with their stamps. */
  const takeReadings = () =>
    sent.splice(0).flatMap(({ bytes, time }) => {
      const readings: { channel: number; counts: number; time: number }[] = [];
      bytes.forEach((byte, at) => {
        if ((byte & 0xf0) !== 0xe0) return;
        readings.push({ channel: byte & 0x0f, counts: (bytes[at + 1] ?? 0) | ((bytes[at + 2] ?? 0) << 7), time });
      });
      return readings;
    });
  const last = (pin: number) => pins.findLast((change) => change.pin === pin);
  return { board, write, take, takeReadings, advance, pins, last, timers };
}

/** A sysex message. */
export const sysex = (...bytes: number[]) => [0xf0, ...bytes, 0xf7];
/** As two bytes of seven bits. */
export const sevens = (value: number) => [value & 0x7f, (value >> 7) & 0x7f];

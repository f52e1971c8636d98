import bind, { type Firmata } from 'firmata-io';
import five, { type Board } from 'johnny-five';
import type { Transport } from '../virtual/transport.ts';
import { FIRMATA, SYSEX } from '../virtual/protocol.ts';
import { pinName } from '../virtual/uno.ts';
import type { Need } from '../catalogue/types.ts';
import type { PinAbility, PinUse } from './protocol.ts';

/**
 * Johnny-Five on a wire. Resolves when the board has named its pins.
 *
 * @param ask a board that has been on for a while does not say by itself who it is
 */
export async function connectBoard(transport: Transport, ask = false): Promise<Board> {
  const io = new bind.Firmata(transport);
  // Without these a board would open a prompt, write to the console and end the process on Ctrl-C.
  const board = new five.Board({ io, repl: false, debug: false, sigint: false });
  const ready = new Promise<void>((resolve, reject) => {
    board.once('ready', resolve);
    board.once('error', reject);
  });
  transport.open();
  if (ask) {
    const { REPORT_VERSION, START_SYSEX, END_SYSEX } = FIRMATA;
    transport.write(Buffer.from([REPORT_VERSION, START_SYSEX, SYSEX.REPORT_FIRMWARE, END_SYSEX]));
  }
  await ready;
  return board;
}

const NOT_ANALOG = 127;

/** `A0`, `D13`: how we call the pin of this number. */
export function nameOf(io: Firmata, index: number): string {
  const channel = io.pins[index]?.analogChannel ?? NOT_ANALOG;
  return pinName(index, channel === NOT_ANALOG ? undefined : channel);
}

/** What each pin of a connected board can do, by name; pins that can do nothing are left out. */
export function abilities(io: Firmata): (PinAbility & { readonly index: number })[] {
  const uses: readonly [number, PinUse][] = [
    [io.MODES.ANALOG, 'analog'],
    [io.MODES.INPUT, 'digital'],
    [io.MODES.OUTPUT, 'output'],
    [io.MODES.PWM, 'pwm'],
    [io.MODES.SERVO, 'servo'],
    [io.MODES.I2C, 'i2c'],
  ];
  return io.pins.flatMap(({ supportedModes }, index) => {
    const able = uses.filter(([mode]) => supportedModes.includes(mode)).map(([, use]) => use);
    return able.length === 0 ? [] : [{ name: nameOf(io, index), uses: able, index }];
  });
}

/** What the firmware can do beside its pins' own uses. */
export function features(io: Firmata): Need[] {
  const able = (mode: number) => io.pins.some(({ supportedModes }) => supportedModes.includes(mode));
  const modes: readonly [number, Need][] = [
    [io.MODES.I2C, 'i2c'],
    [io.MODES.ONEWIRE, 'onewire'],
    [io.MODES.SERIAL, 'serial'],
    [io.MODES.STEPPER, 'stepper'],
  ];
  const found = modes.filter(([mode]) => able(mode)).map(([, need]) => need);
  // The protocol has no mode for it: the firmware that can says so by its name.
  return /ping/i.test(io.firmware.name ?? '') ? [...found, 'ping'] : found;
}

/** Name and version that the firmware gives of itself, such as `StandardFirmata 2.5`. */
export function firmwareOf({ firmware: { name, version } }: Firmata): string {
  const plain = (name ?? '').replace(/\.ino$/, '');
  return version ? `${plain} ${version.major}.${version.minor}`.trim() : plain;
}

/** A Firmata mode in our words. */
export function useOf(io: Firmata, mode: number): PinUse {
  switch (mode) {
    case io.MODES.ANALOG:
      return 'analog';
    case io.MODES.OUTPUT:
      return 'output';
    case io.MODES.PWM:
      return 'pwm';
    case io.MODES.SERVO:
      return 'servo';
    case io.MODES.I2C:
      return 'i2c';
    default:
      return 'digital';
  }
}

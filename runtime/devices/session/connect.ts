import bind, { type Firmata } from 'firmata-io';
import five, { type Board } from 'johnny-five';
import type { Transport } from '../virtual/transport.ts';
import { pinName } from '../virtual/uno.ts';
import type { PinAbility, PinUse } from './protocol.ts';

/** Johnny-Five on a wire. Resolves when the board has named its pins. */
export async function connectBoard(transport: Transport): Promise<Board> {
  const io = new bind.Firmata(transport);
  // Without these a board would open a prompt, write to the console and end the process on Ctrl-C.
  const board = new five.Board({ io, repl: false, debug: false, sigint: false });
  const ready = new Promise<void>((resolve, reject) => {
    board.once('ready', resolve);
    board.once('error', reject);
  });
  transport.open();
  await ready;
  return board;
}

const NOT_ANALOG = 127;

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
  return io.pins.flatMap(({ analogChannel, supportedModes }, index) => {
    const able = uses.filter(([mode]) => supportedModes.includes(mode)).map(([, use]) => use);
    const name = pinName(index, analogChannel === NOT_ANALOG ? undefined : analogChannel);
    return able.length === 0 ? [] : [{ name, uses: able, index }];
  });
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

import type { Clock } from '../../../base/index.ts';
import { type Driver, type MakeDriver, modes } from './driver.ts';

/** Commands of the data sheet (Hitachi, revision 0.0). */
const CLEAR = 0x01;
const ENTRY_RIGHT = 0x06;
const DISPLAY_ON = 0x0c;
const FOUR_BITS_ONE_LINE = 0x20;
const TWO_LINES = 0x08;
const MEMORY = 0x80;
/** ms that the controller needs after its first commands, and to clear itself. */
const WAKING = 5;
const CLEARING = 2;

/** Where each line begins in the memory. */
const LINES = { wide: [0x00, 0x40, 0x14, 0x54] } as const;

/** Sends half a byte: to the commands, or to the text. */
export type SendNibble = (bits: number, isText: boolean) => void;

/** What the controller's own letters have elsewhere. */
const LETTERS: Readonly<Record<string, number>> = {
  '°': 0xdf,
  µ: 0xe4,
  Ω: 0xf4,
  '→': 0x7e,
  '←': 0x7f,
  ä: 0xe1,
  ö: 0xef,
  ü: 0xf5,
  ß: 0xe2,
};
const UNKNOWN = '?'.charCodeAt(0);
const letter = (character: string) => {
  const code = character.charCodeAt(0);
  return LETTERS[character] ?? (code >= 0x20 && code < 0x7e && character !== '\\' ? code : UNKNOWN);
};

/**
 * A display of characters. Johnny-Five's own is not used: it holds its whole thread while the display clears, takes `A4` for
 * pin 4, sets two lines only on the bus, and takes `:words:` for characters.
 */
export function createDisplay(clock: Clock, size: string, nibble: SendNibble, prepare: () => void): Driver {
  const [columns = 16, rows = 2] = size.split('x').map(Number);
  /** What stands in each place. */
  let shown: string[] = [];
  let wanted: string | undefined;
  let awake = false;
  let run = 0;

  const send = (byte: number, isText = false) => {
    nibble(byte >> 4, isText);
    nibble(byte & 0xf, isText);
  };
  const write = (text: string) => {
    const lines = text.split('\n');
    for (let row = 0; row < rows; row++) {
      const line = [...(lines[row] ?? '').slice(0, columns).padEnd(columns)];
      // Only what is another than before, from the first such place to the last.
      const changed = line.flatMap((character, column) =>
        shown[row * columns + column] === character ? [] : [column],
      );
      const [first] = changed;
      const last = changed.at(-1);
      if (first === undefined || last === undefined) continue;
      send(MEMORY | ((LINES.wide[row] ?? 0) + first));
      for (let column = first; column <= last; column++) {
        send(letter(line[column] ?? ' '), true);
        shown[row * columns + column] = line[column] ?? ' ';
      }
    }
  };
  const steps: readonly [() => void, number][] = [
    // Three times the same makes sure of eight bits, whatever it had before; then four.
    [() => nibble(3, false), WAKING],
    [() => nibble(3, false), WAKING],
    [() => nibble(3, false), 1],
    [() => nibble(2, false), 1],
    [
      () => {
        send(FOUR_BITS_ONE_LINE | (rows > 1 ? TWO_LINES : 0));
        send(DISPLAY_ON);
        send(ENTRY_RIGHT);
        send(CLEAR);
      },
      CLEARING,
    ],
  ];
  const wake = (step: number, mine: number) => {
    if (mine !== run) return;
    const [act, pause] = steps[step] ?? [];
    if (act && pause !== undefined) {
      act();
      clock.after(pause, () => wake(step + 1, mine));
      return;
    }
    awake = true;
    shown = Array.from({ length: columns * rows }, () => ' ');
    if (wanted !== undefined) write(wanted);
  };

  return {
    take() {
      prepare();
      awake = false;
      wanted = undefined;
      wake(0, ++run);
    },
    set(value) {
      wanted = String(value);
      if (awake) write(wanted);
    },
  };
}

/** Six wires: register select, enable, and the four high bits. */
export const lcd: MakeDriver = (around, { pins, options }) => {
  const { board, clock, index } = around;
  const [rs = 0, en = 0, ...bits] = pins.map(index);
  const { io } = board;
  const nibble: SendNibble = (value, isText) => {
    io.digitalWrite(rs, isText ? 1 : 0);
    bits.forEach((pin, bit) => io.digitalWrite(pin, (value >> bit) & 1 ? 1 : 0));
    // It takes the bits when enable falls.
    io.digitalWrite(en, 1);
    io.digitalWrite(en, 0);
  };
  return createDisplay(clock, String(options['size']), nibble, () => modes(around, pins, io.MODES.OUTPUT));
};

/** The same six wires on a PCF8574: P0 register select, P2 enable, P3 backlight, P4 to P7 the bits. */
export const lcdOnChip: MakeDriver = ({ clock, chips }, { address, options }) => {
  const light = options['backlight'] === true ? 0x08 : 0;
  const chip = () => chips.at('pcf8574-lcd', address, (write) => ({ write }));
  const nibble: SendNibble = (value, isText) => {
    const port = (value << 4) | light | (isText ? 0x01 : 0);
    // One transaction: every byte of it is on the pins for a moment.
    chip().write(port, port | 0x04, port);
  };
  return createDisplay(clock, String(options['size']), nibble, () => chip().write(light));
};

/**
 * A character display behind a PCF8574, as it is sold: RS, RW, E and the light on the expander's lower four pins, half a
 * byte of data on the upper four. It drives `text`, its lines joined by line breaks, and `backlight`.
 */
import type { Chip, ChipEntry, ChipSurroundings } from './chip.ts';

const PIN = { RS: 1, RW: 2, E: 4, LIGHT: 8 };
/** Where each line begins in the display's memory. */
const LINES = [0x00, 0x40, 0x14, 0x54];
const MEMORY = 0x68;

/** What stands on the glass for a byte: the character ROM (A00) has the sign of degrees where others have an ß. */
const character = (byte: number): string => (byte === 0xdf ? '°' : String.fromCharCode(byte));

/** The controller of the display: bytes in, characters out. */
function createHd44780(columns: number, rows: number, show: (text: string) => void) {
  const memory = new Uint8Array(MEMORY).fill(0x20);
  let at = 0;
  let step = 1;
  let intoFont = false;
  let visible = false;
  let shown = '';
  const tell = () => {
    const lines = LINES.slice(0, rows).map((start) =>
      Array.from({ length: columns }, (_, column) => character(memory[start + column] ?? 0x20)).join(''),
    );
    const now = visible
      ? lines
          .map((line) => line.trimEnd())
          .join('\n')
          .trimEnd()
      : '';
    if (now !== shown) show((shown = now));
  };
  return {
    command(byte: number): void {
      if (byte & 0x80) {
        at = byte & 0x7f;
        intoFont = false;
      } else if (byte & 0x40) {
        intoFont = true;
      } else if (byte & 0x20) {
        return;
      } else if (byte & 0x10) {
        if (!(byte & 0x08)) at += byte & 0x04 ? 1 : -1;
      } else if (byte & 0x08) {
        visible = (byte & 0x04) !== 0;
      } else if (byte & 0x04) {
        step = byte & 0x02 ? 1 : -1;
      } else {
        if (byte === 1) memory.fill(0x20);
        if (byte === 1) step = 1;
        at = 0;
        intoFont = false;
      }
      tell();
    },
    write(byte: number): void {
      // Characters of the user's own are kept elsewhere, and not shown.
      if (intoFont) return;
      if (at < MEMORY) memory[at] = byte;
      at += step;
      if (step > 0 && at === 0x28) at = 0x40;
      if (step > 0 && at === MEMORY) at = 0;
      tell();
    },
  };
}

function createLcd({ drive }: ChipSurroundings, columns: number, rows: number): Chip {
  const display = createHd44780(columns, rows, (text) => drive('text', text));
  let port = 0;
  /** It begins with eight wires; of which the lower four are not connected. */
  let wires = 8;
  let upper: number | undefined;
  const latch = (data: number, isText: boolean) => {
    if (wires === 8) {
      if (data === 0x2) wires = 4;
      return;
    }
    if (upper === undefined) {
      upper = data;
      return;
    }
    const byte = (upper << 4) | data;
    upper = undefined;
    if (isText) display.write(byte);
    else display.command(byte);
  };
  return {
    write(bytes) {
      for (const byte of bytes) {
        if (port & PIN.E && !(byte & PIN.E) && !(port & PIN.RW)) latch(port >> 4, (port & PIN.RS) !== 0);
        if ((port ^ byte) & PIN.LIGHT) drive('backlight', byte & PIN.LIGHT ? 1 : 0);
        port = byte;
      }
    },
    read: (count) => Array.from({ length: count }, () => port),
  };
}

const source = 'Hitachi HD44780U ADE-207-272(Z) rev. 0.0, NXP PCF8574 rev. 5';
const addresses = [0x27, 0x3f, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e];

export const lcd1602: ChipEntry = {
  label: 'LCD of 2 lines of 16 characters',
  addresses,
  senses: [],
  source,
  make: (surroundings) => createLcd(surroundings, 16, 2),
};

export const lcd2004: ChipEntry = {
  label: 'LCD of 4 lines of 20 characters',
  addresses,
  senses: [],
  source,
  make: (surroundings) => createLcd(surroundings, 20, 4),
};

import type { ChipEntry } from './chip.ts';

const MEMORY = 16;

/**
 * A driver of LEDs in 16 rows of 8. It drives `rows`, the 16 bytes of its memory in hexadecimal (all dark while it is off),
 * and `brightness` from 0 to 1.
 */
export const ht16k33: ChipEntry = {
  label: 'HT16K33 LED matrix or digits',
  addresses: [0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77],
  senses: [],
  source: 'Holtek HT16K33 rev. 1.10',
  make({ drive }) {
    const memory = new Uint8Array(MEMORY);
    let running = false;
    let on = false;
    let at = 0;
    let shown = '';
    let brightness = 1;
    const show = () => {
      const now = Buffer.from(running && on ? memory : new Uint8Array(MEMORY)).toString('hex');
      if (now !== shown) drive('rows', (shown = now));
    };
    return {
      write([first = 0, ...data]) {
        const kind = first >> 4;
        if (kind === 0) {
          at = first & 0x0f;
          for (const byte of data) {
            memory[at] = byte;
            at = (at + 1) % MEMORY;
          }
        } else if (kind === 2) running = (first & 1) !== 0;
        else if (kind === 8) on = (first & 1) !== 0;
        else if (kind === 14 && brightness !== ((first & 0x0f) + 1) / 16) {
          brightness = ((first & 0x0f) + 1) / 16;
          drive('brightness', brightness);
        }
        show();
      },
      read: (count) => Array.from({ length: count }, (_, index) => memory[(at + index) % MEMORY] ?? 0),
    };
  },
};

import type { MakeDriver, Surroundings } from '../driver.ts';
import { rowsOf, segments, squares } from '../pictures.ts';

/** Commands of the data sheet (Holtek, revision 1.10). */
const OSCILLATOR_ON = 0x21;
const SHOW = 0x81;
const BRIGHTNESS = 0xe0;

/**
 * The whole display is written at once. Johnny-Five writes it again for every dot, and refuses an address that it had before.
 */
const chipOf = ({ chips }: Surroundings, address: number) =>
  chips.at('ht16k33', address, (write) => ({
    wake(percent: number): void {
      write(OSCILLATOR_ON);
      write(BRIGHTNESS | Math.round((percent / 100) * 15));
      write(SHOW);
    },
    /** Sixteen bytes of display memory. */
    show: (memory: readonly number[]) => write(0, ...memory),
  }));

/** The left dot of a row is on bit 7 of the backpack, the one beside it on bit 0, and so on. */
const wired = (bits: number) => {
  let memory = 0;
  for (let column = 0; column < 8; column++) if (bits & (0x80 >> column)) memory |= 1 << ((column + 7) % 8);
  return memory;
};

export const matrixHt16k33: MakeDriver = (around, { address, options }) => ({
  take: () => chipOf(around, address).wake(Number(options['brightness'])),
  set(value) {
    const [rows = []] = squares(value, 1);
    chipOf(around, address).show(Array.from({ length: 8 }, (_, row) => [wired(rows[row] ?? 0), 0]).flat());
  },
  shows: (value) => rowsOf(squares(value, 1)),
});

/** Of point, a … g with g low to the chip's order: point, g … a with a low. */
function turned(code: number): number {
  let segmentsOfChip = code & 0x80;
  for (let bit = 0; bit < 7; bit++) if (code & (1 << bit)) segmentsOfChip |= 1 << (6 - bit);
  return segmentsOfChip;
}

export const digitsHt16k33: MakeDriver = (around, { address, options }) => ({
  take: () => chipOf(around, address).wake(Number(options['brightness'])),
  set(value) {
    const [a = 0, b = 0, c = 0, d = 0] = segments(String(value), 4).map(turned);
    // The third place is the colon.
    chipOf(around, address).show([a, b, 0, c, d, 0, 0, 0].flatMap((code) => [code, 0]));
  },
});

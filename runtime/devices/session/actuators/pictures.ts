import five from 'johnny-five';
import type { OutputValue } from '../../catalogue/actuators/takes.ts';

/**
 * What a row of squares of eight by eight shows.
 *
 * @returns for each square, from left to right, eight rows of eight bits, the left one high
 */
export function squares(value: OutputValue, modules: number): readonly (readonly number[])[] {
  return Array.from({ length: modules }, (_, square) => {
    if (typeof value !== 'object') return five.Led.Matrix.CHARS[String(value)[square] ?? ' '] ?? [];
    const shift = 256 ** (modules - 1 - square);
    return value.map((row) => Math.floor(row / shift) % 256);
  });
}

/** The rows of squares that stand side by side, such as `#..#....`, a lit lamp `#`. */
export function rowsOf(shown: readonly (readonly number[])[]): readonly string[] {
  const row = (bits = 0) => bits.toString(2).padStart(8, '0').replaceAll('0', '.').replaceAll('1', '#');
  return Array.from({ length: 8 }, (_, index) => shown.map((square) => row(square[index])).join(''));
}

/** What stands between letters and digits: Johnny-Five has no sign for them, and leaves a minus out. */
const SIGNS: Readonly<Record<string, number>> = { '-': 0x01, _: 0x08 };
const POINT = 0x80;

/** The segments of each digit, from the left, by the bits of the MAX7219: point, then a to g, the low bit last. */
export function segments(text: string, digits: number): readonly number[] {
  const codes: number[] = [];
  for (const [cell] of text.matchAll(/[^.]\.?|\./g)) {
    const [character = ' '] = cell;
    const code = character === '.' ? 0 : (SIGNS[character] ?? five.Led.Digits.CHARS[character] ?? 0);
    codes.push(cell.endsWith('.') ? code | POINT : code);
  }
  // Numbers stand at the right, as on every display.
  const blank = Array.from({ length: Math.max(0, digits - codes.length) }, () => 0);
  return [...blank, ...codes].slice(-digits);
}

/** What a display shows, for people. */
import type { BoardState } from './types.ts';

type Display = Pick<NonNullable<BoardState['chips']>[number], 'text' | 'dots'>;

/** Values of a chip that its display stands for. */
const DRAWN: ReadonlySet<string> = new Set(['text', 'rows', 'dots']);
export const isDrawn = (value: string): boolean => DRAWN.has(value);

/**
 * @param values what the chip drives, by name
 * @param kinds  as what of the catalogue it is driven
 */
export function displayOf(values: ReadonlyMap<string, string>, kinds: readonly string[]): Display {
  const [text, rows, dots] = [values.get('text'), values.get('rows'), values.get('dots')];
  if (text !== undefined) return { text: text.split('\n') };
  // Of hardware, which cannot be looked at: what was sent to it.
  if (dots !== undefined) return { dots: dots.split('\n') };
  if (rows === undefined) return {};
  const memory = bytesOf(rows);
  return kinds.some((kind) => kind.startsWith('digits')) ? { text: [digitsOf(memory)] } : { dots: dotsOf(memory) };
}

const bytesOf = (hex: string) => (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));

/** Every other byte is a row of the backpack, whose left dot is on bit 7 and the one beside it on bit 0. */
const dotsOf = (memory: readonly number[]) =>
  Array.from({ length: 8 }, (_, row) =>
    Array.from({ length: 8 }, (__, column) => ((memory[2 * row] ?? 0) & (1 << ((column + 7) % 8)) ? '#' : '.')).join(
      '',
    ),
  );

/** Where the four digits of a clock's backpack stand in its memory. Between them is the colon. */
const PLACES = [0, 2, 6, 8];
const POINT = 0x80;

/** What the segments a (low) to g make. */
const SIGNS: Readonly<Record<number, string>> = {
  ...{ 0x00: ' ', 0x3f: '0', 0x06: '1', 0x5b: '2', 0x4f: '3', 0x66: '4', 0x6d: '5', 0x7d: '6', 0x07: '7', 0x7f: '8' },
  ...{ 0x6f: '9', 0x77: 'A', 0x7c: 'b', 0x39: 'C', 0x58: 'c', 0x5e: 'd', 0x79: 'E', 0x71: 'F', 0x76: 'H', 0x74: 'h' },
  ...{ 0x1e: 'J', 0x38: 'L', 0x54: 'n', 0x5c: 'o', 0x73: 'P', 0x67: 'q', 0x50: 'r', 0x78: 't', 0x3e: 'U', 0x1c: 'u' },
  ...{ 0x6e: 'Y', 0x40: '-', 0x08: '_' },
};

const digitsOf = (memory: readonly number[]) =>
  PLACES.map((place) => {
    const code = memory[place] ?? 0;
    return (SIGNS[code & ~POINT] ?? '?') + (code & POINT ? '.' : '');
  }).join('');

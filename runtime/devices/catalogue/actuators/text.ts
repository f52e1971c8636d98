import { asNumber, isOff, type OutputValue, type Takes } from './takes.ts';

/** As much of a text as a status shows. */
const SHOWN = 18;
const start = (value: OutputValue) => String(value).split('\n')[0]?.trim().slice(0, SHOWN) || 'off';

/** Lines of text, with line feeds between them. */
export const lines: Takes = {
  parse(given) {
    if (given === false) return '';
    const parts: readonly unknown[] = Array.isArray(given) ? given : [given];
    return parts.every((part) => typeof part === 'string' || (typeof part === 'number' && Number.isFinite(part)))
      ? parts.join('\n')
      : undefined;
  },
  tell: start,
};

/** What seven segments can show, a point in the cell of the character before it. */
const CELL = /[0-9A-Za-z\-_ ]\.?|\./g;

/** How many cells of a display a text takes; `undefined`: it has characters that seven segments cannot show. */
function cells(text: string): number | undefined {
  const found = text.match(CELL) ?? [];
  return found.join('') === text ? found.length : undefined;
}

/** A number as exactly as the display has room for. */
function fitting(number: number, room: number): string | undefined {
  for (let digits = room; digits > 0; digits--) {
    const text = String(Number(number.toPrecision(digits)));
    if (!text.includes('e') && (cells(text) ?? Infinity) <= room) return text;
  }
  return undefined;
}

/** A number or a short text for a display of so many digits. What does not fit is refused: a cut number would be a wrong one. */
export const digits: Takes = {
  parse(given, { digits: room = 8 }) {
    if (given === false || given === '') return '';
    const number = typeof given === 'number' ? asNumber(given) : undefined;
    if (number !== undefined) return fitting(number, Number(room));
    return typeof given === 'string' && (cells(given) ?? Infinity) <= Number(room) ? given : undefined;
  },
  tell: start,
};

const ROW = /^[01#.]+$/;
/** `#..#` or `1001`, the left one first. */
const bits = (row: string) => Number.parseInt(row.replaceAll('#', '1').replaceAll('.', '0'), 2);

/**
 * Eight rows of a matrix, or a text of one character for each of its squares of eight by eight.
 *
 * @returns the text, or a number of so many bits for each row
 */
export const picture: Takes = {
  parse(given, { modules = 1 }) {
    const width = 8 * Number(modules);
    if (isOff(given) && typeof given !== 'number' && given !== '0') return '';
    if (Array.isArray(given)) {
      const rows = given.map((row: unknown) => {
        if (typeof row === 'string') return ROW.test(row) && row.length === width ? bits(row) : NaN;
        return typeof row === 'number' && Number.isInteger(row) && row >= 0 && row < 2 ** width ? row : NaN;
      });
      return rows.length === 8 && !rows.some(Number.isNaN) ? rows : undefined;
    }
    const text = typeof given === 'number' ? String(given) : given;
    return typeof text === 'string' && /^[ -~]*$/.test(text) && text.length <= Number(modules) ? text : undefined;
  },
  tell: (value) =>
    typeof value === 'string' ? start(value) : value.toString() === '0,0,0,0,0,0,0,0' ? 'off' : 'picture',
};

/** Bytes for a chain of registers, the one that is wired to the board first. */
export const registers: Takes = {
  parse(given, { registers: count = 1 }) {
    const size = Number(count);
    if (typeof given === 'boolean') return Array.from({ length: size }, () => (given ? 255 : 0));
    if (Array.isArray(given)) {
      const fine = given.length === size && given.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255);
      return fine ? (given as number[]) : undefined;
    }
    const isBits = typeof given === 'string' && /^[01]+$/.test(given) && given.length === 8 * size;
    const number = isBits ? Number.parseInt(given, 2) : asNumber(given);
    if (number === undefined || !Number.isInteger(number) || number < 0 || number >= 256 ** size) return undefined;
    return Array.from({ length: size }, (_, register) => Math.floor(number / 256 ** register) % 256);
  },
  tell: (value) =>
    typeof value === 'object' && value.length === 1
      ? (value[0] ?? 0).toString(2).padStart(8, '0')
      : String(value).slice(0, SHOWN),
};

import { parseNumber } from '../../table/number.ts';

/**
 * A text as a cell of a CSV file. What a spreadsheet would run as a formula, and what would be read as a number, begins with
 * an apostrophe, as spreadsheets have it.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 *
 * @example
 * escapeText('=1+1'); // "'=1+1"
 */
export const escapeText = (text: string): string =>
  /^['=+\-@\t\r]/.test(text) || parseNumber(text) !== undefined ? `'${text}` : text;

/**
 * The text that a cell stands for.
 *
 * @example
 * unescapeText("'=1+1"); // '=1+1'
 */
export const unescapeText = (cell: string): string =>
  /^'['=+\-@\t\r]/.test(cell) || (cell.startsWith("'") && parseNumber(cell.slice(1)) !== undefined)
    ? cell.slice(1)
    : cell;

/** @example quoteCell('a, b'); // '"a, b"' */
export const quoteCell = (text: string): string =>
  /[",;\t\r\n|#]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

import { errors } from './errors.ts';
import type { Reference } from './package.ts';

/** The most rows that a package carries. */
export const REFERENCE_ROWS = 2000;

/**
 * The reference as CSV: the names in the first line, then a line a row.
 *
 * @throws {RangeError} if there are more than 2,000 rows, or a row has not one finite value a name
 */
export function formatReference({ names, rows }: Reference): string {
  if (rows.length > REFERENCE_ROWS) throw new RangeError(`${rows.length} reference rows: at most ${REFERENCE_ROWS}`);
  const wrong = rows.findIndex((row) => row.length !== names.length || !row.every(Number.isFinite));
  if (wrong >= 0) throw new RangeError(`reference row ${wrong} has not ${names.length} finite values`);
  const badName = names.find((name) => /[",\r\n]/.test(name));
  if (badName !== undefined)
    throw new RangeError(`the feature name ${JSON.stringify(badName)} does not fit a CSV header`);
  return `${[names, ...rows].map((cells) => cells.join(',')).join('\n')}\n`;
}

/**
 * Reads what `formatReference` wrote.
 *
 * @throws PACKAGE_INVALID naming the line
 */
export function parseReference(text: string, directory: string): Reference {
  const invalid = (line: number, problem: string) =>
    errors.PACKAGE_INVALID({ directory, file: 'reference.csv', path: `line ${line}`, problem });
  const [header = '', ...lines] = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (header === '') throw invalid(1, 'no feature names');
  if (lines.length > REFERENCE_ROWS) throw invalid(REFERENCE_ROWS + 2, `more than ${REFERENCE_ROWS} rows`);
  // A part of a text keeps the whole of it in memory.
  const names = structuredClone(header.split(','));
  const width = names.length;
  for (const [index, line] of lines.entries()) {
    const count = line.split(',').length;
    if (count !== width) throw invalid(index + 2, `${count} values for ${width} names`);
  }
  // One block: 2,000 small ones would take three times as much.
  const values = new Float64Array(lines.length * width);
  const rows = lines.map((line, index) => {
    const row = values.subarray(index * width, (index + 1) * width);
    line.split(',').forEach((cell, at) => {
      const value = cell.trim() === '' ? NaN : Number(cell);
      if (!Number.isFinite(value)) throw invalid(index + 2, `"${cell}" is not a number`);
      row[at] = value;
    });
    return row;
  });
  return { names, rows };
}

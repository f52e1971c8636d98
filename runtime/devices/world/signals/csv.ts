/** Recordings as text: small enough to stand in a flow, so they need no library and no file. Safe in the browser. */

const SEPARATORS = [',', ';', '\t'];

/** What is wrong with a recording, in words. */
export class CsvProblem extends Error {}

/**
 * One column of a table of numbers. The first line names the columns; the separator is the one that it has most of;
 * decimals may have a comma where that is not the separator. What other columns hold does not matter.
 *
 * @param name of the column; empty: the first one
 * @returns a value a row; NaN where the cell is empty
 * @throws {CsvProblem} if there is no such column or no row, or a cell of it is no number
 *
 * @example
 * csvColumn('time;celsius\n0;20,5\n1;', 'celsius'); // Float64Array [20.5, NaN]
 */
export function csvColumn(text: string, name: string): Float64Array {
  const [head = '', ...body] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (body.length === 0) throw new CsvProblem('the recording has no rows (its first line names the columns)');
  const count = (separator: string) => head.split(separator).length;
  const separator = SEPARATORS.reduce((best, each) => (count(each) > count(best) ? each : best));
  const cells = (line: string) => line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const columns = cells(head);
  const index = name === '' ? 0 : columns.indexOf(name);
  if (index < 0) throw new CsvProblem(`the recording has no column "${name}" (it has ${columns.join(', ')})`);
  return Float64Array.from(body, (line, row) => {
    const cell = cells(line)[index] ?? '';
    if (cell === '' || /^nan$/i.test(cell)) return NaN;
    const value = Number(separator === ',' ? cell : cell.replace(',', '.'));
    if (!Number.isFinite(value)) throw new CsvProblem(`line ${row + 2} of the recording has "${cell}" for a number`);
    return value;
  });
}

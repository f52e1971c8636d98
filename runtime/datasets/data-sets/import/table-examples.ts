import type { TruthLabel } from '../../../messages/index.ts';
import { parseNumber } from '../../table/number.ts';
import type { Cell, Row, Table } from '../../table/table.ts';
import { createTimeReader } from '../../table/time.ts';
import { unescapeText } from '../export/escape.ts';
import { errors } from '../../errors.ts';
import type { ImportOptions, NewExample } from '../types.ts';
import { type Chosen, chooseExampleColumns } from './columns.ts';

/** Rows looked at before it is said what the columns are. */
const SAMPLE = 200;

export interface Candidate {
  /** For people: `line 12`. */
  readonly where: string;
  /** @throws EXAMPLE_INVALID */
  example(): NewExample;
}

/**
 * A table's rows as examples.
 *
 * @param told of what concerns the file as a whole
 * @throws DATA_IMPORT_COLUMN
 */
export async function* tableExamples(
  table: Table,
  options: ImportOptions,
  told: (chosen: Chosen) => void,
): AsyncGenerator<Candidate> {
  const rows = table.rows[Symbol.asyncIterator]();
  try {
    const sample: Row[] = [];
    while (sample.length < SAMPLE) {
      const next = await rows.next();
      if (next.done) break;
      sample.push(next.value);
    }
    const chosen = chooseExampleColumns(table, sample, options);
    told(chosen);
    const read = createReader(table, chosen, options);
    for (const row of sample) yield { where: row.where, example: () => read(row) };
    for (;;) {
      const next = await rows.next();
      if (next.done) break;
      const row = next.value;
      yield { where: row.where, example: () => read(row) };
    }
  } finally {
    await rows.return?.();
  }
}

function createReader(table: Table, chosen: Chosen, options: ImportOptions) {
  const name = (index: number) => table.columns[index]?.name ?? '';
  const readTime = chosen.time === -1 ? undefined : createTimeReader(name(chosen.time), 'auto');
  // In CSV everything is text; where a file has kinds, a text that looks like a number is a text.
  const typed = table.columns.some(({ kind }) => kind !== 'text');

  const labelOf = (cell: Cell): TruthLabel | undefined => {
    if (cell === undefined || typeof cell === 'number') return cell;
    return typed ? cell : (parseNumber(cell) ?? unescapeText(cell));
  };
  const text = (cell: Cell) =>
    cell === undefined ? '' : typeof cell === 'number' ? String(cell) : typed ? cell : unescapeText(cell);
  const number = (cell: Cell, column: string): number => {
    const value = typeof cell === 'number' ? cell : cell === undefined ? undefined : parseNumber(cell);
    if (value === undefined || !Number.isFinite(value)) {
      throw errors.EXAMPLE_INVALID({
        column,
        value: cell === undefined || cell === '' ? 'empty' : `"${String(cell).slice(0, 30)}"`,
      });
    }
    return value;
  };

  return ({ cells }: Row): NewExample => {
    const cell = (index: number): Cell => (index === -1 || cells[index] === '' ? undefined : cells[index]);
    const written = cell(chosen.time);
    const time = written === undefined ? undefined : readTime?.(written);
    if (written !== undefined && time === undefined) {
      throw errors.EXAMPLE_INVALID({ column: name(chosen.time), value: `"${String(written).slice(0, 30)}", no time` });
    }
    const label = options.label ?? labelOf(cell(chosen.label)) ?? labelOf(cell(chosen.labelNumber));
    const values = chosen.values.map((column) => number(cell(column.index), column.name));
    const source = text(cell(chosen.source)) || (chosen.source === -1 ? options.fileName : '');
    return {
      payload: payloadOf(
        chosen,
        values,
        () => number(cell(chosen.window?.rate ?? -1), name(chosen.window?.rate ?? -1)),
        time,
      ),
      source,
      ...(label !== undefined && { label }),
      ...(time !== undefined && { time }),
      group: text(cell(chosen.group)),
    };
  };
}

function payloadOf(
  { window, values: columns }: Chosen,
  values: readonly number[],
  rate: () => number,
  time: number | undefined,
): NewExample['payload'] {
  if (!window) return Object.fromEntries(columns.map(({ name }, index) => [name, values[index] as number]));
  const { channels, samples } = window;
  const perSecond = rate();
  const start = (time ?? 0) - ((samples - 1) / perSecond) * 1000;
  return { channels: [...channels], rate: perSecond, start, data: [...values], shape: [samples, channels.length] };
}

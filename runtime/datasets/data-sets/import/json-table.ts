import { lineBytes } from '../../limits.ts';
import { lines } from '../../jsonl/lines.ts';
import type { Cell, Row, Table } from '../../table/table.ts';

/**
 * A file with a JSON object a line, as a table: its columns are the properties of the first object. What is neither a number,
 * a text nor a truth value is an empty cell.
 *
 * @param refuse told of lines that are none
 */
export async function readJsonTable(path: string, refuse: (where: string, problem: string) => void): Promise<Table> {
  const objects = objectsIn(path, refuse);
  const first = await objects.next();
  if (first.done) return { path, columns: [], rows: none() };
  const names = Object.keys(first.value.object);
  const columns = names.map((name) => ({
    name,
    kind: typeof first.value.object[name] === 'number' ? ('number' as const) : ('text' as const),
  }));
  async function* rows(): AsyncGenerator<Row> {
    const toRow = ({ where, object }: Found): Row => ({ where, cells: names.map((name) => cellOf(object[name])) });
    if (!first.done) yield toRow(first.value);
    for await (const found of objects) yield toRow(found);
  }
  return { path, columns, rows: rows() };
}

interface Found {
  readonly where: string;
  readonly object: Readonly<Record<string, unknown>>;
}

async function* none(): AsyncGenerator<Row> {}

async function* objectsIn(path: string, refuse: (where: string, problem: string) => void): AsyncGenerator<Found> {
  for await (const { text, number, tooLong } of lines(path)) {
    const where = `line ${number}`;
    if (tooLong) {
      lineBytes.cost();
      refuse(where, `it is longer than ${lineBytes.value} bytes`);
      continue;
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      refuse(where, 'it is no JSON');
      continue;
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      yield { where, object: value as Found['object'] };
    else refuse(where, 'it is no object');
  }
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return typeof value === 'boolean' ? Number(value) : undefined;
}

import type { ParquetParsers, SchemaElement } from 'hyparquet';
import type { Cell, CellKind, Column, Row, Table } from '../table/table.ts';
import type { ParquetFile } from './file.ts';
import { rowGroups } from './groups.ts';

/** Times as ms since the epoch, with their fraction: a Date would cut it. */
const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (value) => Number(value),
  timestampFromMicroseconds: (value) => Number(value) / 1e3,
  // In two steps: nanoseconds since the epoch are more than a number holds exactly.
  timestampFromNanoseconds: (value) => Number(value / 1_000_000n) + Number(value % 1_000_000n) / 1e6,
  dateFromDays: (days) => days * 86_400_000,
};

/** A Parquet file of another program as a table. Nested columns and bytes are left out. */
export function readForeignParquet(parquet: ParquetFile): Table {
  const columns = flatColumns(parquet.metadata.schema);
  return { path: parquet.path, columns, rows: rows(parquet, columns) };
}

async function* rows(parquet: ParquetFile, columns: readonly Column[]): AsyncGenerator<Row> {
  const names = columns.map(({ name }) => name);
  for await (const group of rowGroups(parquet, names, parsers)) {
    for (let row = 0; row < group.rows; row++) {
      const cells = group.columns.map((values) => toCell(values[row]));
      yield { cells, where: `row ${group.start + row + 1}` };
    }
  }
}

function toCell(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  return undefined;
}

function flatColumns(schema: readonly SchemaElement[]): Column[] {
  const columns: Column[] = [];
  let nested = 0;
  for (const element of schema.slice(1)) {
    if (nested > 0) {
      nested += (element.num_children ?? 0) - 1;
      continue;
    }
    nested = element.num_children ?? 0;
    const kind = kindOf(element);
    if (nested === 0 && element.repetition_type !== 'REPEATED' && kind) columns.push({ name: element.name, kind });
  }
  return columns;
}

function kindOf({ type, converted_type: converted, logical_type: logical }: SchemaElement): CellKind | undefined {
  if (/^(TIMESTAMP|DATE)/.test(converted ?? '') || /^(TIMESTAMP|DATE)$/.test(logical?.type ?? '')) return 'timestamp';
  if (type === 'INT96') return 'timestamp';
  if (converted === 'DECIMAL' || logical?.type === 'FLOAT16') return 'number';
  if (type === 'BYTE_ARRAY') return converted === 'UTF8' || logical?.type === 'STRING' ? 'text' : undefined;
  return type === 'FIXED_LEN_BYTE_ARRAY' ? undefined : 'number';
}

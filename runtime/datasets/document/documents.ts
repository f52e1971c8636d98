import { loadTables } from '../load-tables.ts';
import type { Codec, DocumentCell, DocumentTable, TableFormat } from './types.ts';

export interface DocumentOptions {
  /** Of Parquet's pages. Default: snappy. */
  readonly codec?: Codec;
  /** What a Parquet file says of itself beside its rows. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Rows as one CSV or Parquet document, written in pieces between which the event loop is free. */
export async function writeTable(
  table: DocumentTable,
  format: TableFormat,
  { codec = 'snappy', metadata = {} }: DocumentOptions = {},
): Promise<Uint8Array> {
  const { writeCsv, writeParquet } = await loadTables();
  return format === 'csv' ? await writeCsv(table) : await writeParquet(table, { codec, metadata });
}

/**
 * Some columns of a document that `writeTable` wrote, row by row. A column that it does not have is empty; in CSV, which has
 * no kinds, every cell is text.
 *
 * @param path for messages
 * @throws RECORDING_UNREADABLE
 */
export async function* readTable(
  bytes: Uint8Array,
  format: TableFormat,
  names: readonly string[],
  path: string,
): AsyncGenerator<readonly DocumentCell[]> {
  const { readCsvColumns, readParquetColumns } = await loadTables();
  yield* format === 'csv' ? readCsvColumns(bytes, names, path) : readParquetColumns(bytes, names, path);
}

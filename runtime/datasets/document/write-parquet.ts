import { setImmediate } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import type { CellKind, Codec, DocumentCell, DocumentTable } from './types.ts';

/** Cells in a row group: as many as are encoded in a few milliseconds. */
const GROUP_CELLS = 100_000;

const compressors = {
  GZIP: (bytes: Uint8Array): Uint8Array => gzipSync(bytes),
  ZSTD: (bytes: Uint8Array): Uint8Array => zstdCompressSync(bytes),
};

const TYPES = { number: 'DOUBLE', text: 'BYTE_ARRAY', boolean: 'BOOLEAN' } as const satisfies Record<CellKind, string>;

/**
 * A table as a Parquet file: numbers are DOUBLE, text is UTF-8, and every column may be empty.
 *
 * @param metadata what the file says of itself beside its rows
 */
export async function writeParquet(
  { columns, rows }: DocumentTable,
  { codec, metadata }: { readonly codec: Codec; readonly metadata: Readonly<Record<string, string>> },
): Promise<Uint8Array> {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: [{ name: 'rows', num_children: columns.length }, ...columns.map(({ name, kind }) => element(name, kind))],
    codec: codec.toUpperCase() as Uppercase<Codec>,
    compressors,
    statistics: false,
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    createdBy: 'millrace',
  });
  const step = Math.max(1, Math.floor(GROUP_CELLS / Math.max(1, columns.length)));
  for (let from = 0; from < rows.length; from += step) {
    if (from > 0) await setImmediate();
    const group = rows.slice(from, from + step);
    const columnData = columns.map(({ name }, index) =>
      column(
        name,
        group.map((row) => row[index]),
      ),
    );
    await parquet.write({ columnData, rowGroupSize: group.length });
  }
  await parquet.finish();
  return writer.getBytes();
}

const element = (name: string, kind: CellKind): SchemaElement => ({
  name,
  type: TYPES[kind],
  ...(kind === 'text' && { converted_type: 'UTF8' as const }),
  repetition_type: 'OPTIONAL',
});

const column = (name: string, data: DocumentCell[]): ColumnSource => ({
  name,
  data,
  offsetIndex: false,
  // A dictionary takes -0 for 0.
  ...(data.some((cell) => Object.is(cell, -0)) && { encoding: 'PLAIN' as const }),
});

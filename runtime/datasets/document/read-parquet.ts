import type { AsyncBuffer } from 'hyparquet';
import { openParquetBytes } from '../parquet/file.ts';
import { rowGroups } from '../parquet/groups.ts';
import type { DocumentCell } from './types.ts';

/**
 * Some columns of a Parquet document, a row group at a time. A column that it does not have is empty.
 *
 * @param path for messages
 * @throws RECORDING_UNREADABLE
 */
export async function* readParquetColumns(
  bytes: Uint8Array,
  names: readonly string[],
  path: string,
): AsyncGenerator<readonly DocumentCell[]> {
  const file: AsyncBuffer = {
    byteLength: bytes.byteLength,
    slice: (start, end) => Promise.resolve(new Uint8Array(bytes.slice(start, end)).buffer),
  };
  const parquet = await openParquetBytes(path, file);
  const present = new Set(parquet.metadata.schema.slice(1).map(({ name }) => name));
  const known = names.filter((name) => present.has(name));
  for await (const { rows, columns } of rowGroups(parquet, known)) {
    for (let row = 0; row < rows; row++) {
      yield names.map((name) => toCell(columns[known.indexOf(name)]?.[row]));
    }
  }
}

function toCell(value: unknown): DocumentCell {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
}

import { type DecodedArray, type ParquetParsers, parquetScan } from 'hyparquet';
import { errors } from '../errors.ts';
import { groupBytes } from '../limits.ts';
import { compressors, type ParquetBytes } from './file.ts';

export interface RowGroup {
  /** Of the first row, counted from 0. */
  readonly start: number;
  readonly rows: number;
  /** In the order asked for. */
  readonly columns: readonly DecodedArray[];
}

/**
 * The row groups of a Parquet file, one after the other: no more than one is held.
 *
 * @param names of the top-level columns to read
 * @throws RECORDING_UNREADABLE where a group is larger than the limit, or damaged
 */
export async function* rowGroups(
  { path, file, metadata }: ParquetBytes,
  names: readonly string[],
  parsers: Partial<ParquetParsers> = {},
): AsyncGenerator<RowGroup> {
  for (const { total_byte_size } of metadata.row_groups) {
    if (Number(total_byte_size) <= groupBytes.value) continue;
    groupBytes.cost();
    const reason = `a row group has ${total_byte_size} bytes, the limit is ${groupBytes.value}`;
    throw errors.RECORDING_UNREADABLE({ path, reason });
  }
  let start = 0;
  for (const { num_rows } of metadata.row_groups) {
    const rows = Number(num_rows);
    const columns: DecodedArray[] = [];
    try {
      const options = { file, metadata, compressors, parsers, columns: [...names] };
      const scan = await parquetScan(options);
      for (const column of names)
        columns.push(await scan.readColumn({ column, rowStart: start, rowEnd: start + rows }));
    } catch (cause) {
      const reason = `rows ${start + 1} to ${start + rows} are damaged (${String(cause)})`;
      throw errors.RECORDING_UNREADABLE({ path, reason }, { cause });
    }
    yield { start, rows, columns };
    start += rows;
  }
}

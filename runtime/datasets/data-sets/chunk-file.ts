import { createHash } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type AsyncBuffer, parquetMetadataAsync, parquetScan } from 'hyparquet';
import { ByteWriter, parquetWrite } from 'hyparquet-writer';
import { compressors } from '../parquet/file.ts';
import { type Shape, widthOf } from './shape.ts';

/** Of a file of a data set: the key in Parquet's metadata. */
export const CHUNK_KEY = 'millrace-data-set';
const FORMAT = 1;
/** So many columns are columns of the file; of more, all lie in one. */
const MOST_COLUMNS = 256;
const ALL = 'values';

/**
 * Columns of the file, and how many of its rows are one example: of features one, of windows one a sample. Row-major, the
 * values are the same numbers in the same order either way.
 */
const layoutOf = ({ columns }: Shape): readonly string[] =>
  columns.length > MOST_COLUMNS || new Set(columns).size < columns.length ? [ALL] : columns;

/** @param values of examples, one after the other. @returns the file's bytes */
export function encodeChunk(shape: Shape, values: Float32Array): Uint8Array {
  const names = layoutOf(shape);
  const rows = values.length / names.length;
  const writer = new ByteWriter();
  // Into memory, it is done when this returns.
  void parquetWrite({
    writer,
    columnData: names.map((name, column) => {
      const data = new Float32Array(rows);
      for (let row = 0; row < rows; row++) data[row] = values[row * names.length + column] as number;
      return { name, data, type: 'FLOAT' as const, encoding: 'PLAIN' as const, nullable: false, offsetIndex: false };
    }),
    rowGroupSize: Math.max(1, rows),
    statistics: false,
    kvMetadata: [{ key: CHUNK_KEY, value: JSON.stringify({ format: FORMAT, ...shape }) }],
    createdBy: 'millrace',
  });
  return writer.getBytes();
}

/** @throws whatever is wrong with the bytes, in plain words */
export async function decodeChunk(shape: Shape, rows: number, bytes: Uint8Array): Promise<Float32Array> {
  const file: AsyncBuffer = {
    byteLength: bytes.byteLength,
    slice: (from, to) =>
      bytes.buffer.slice(bytes.byteOffset + from, bytes.byteOffset + (to ?? bytes.byteLength)) as ArrayBuffer,
  };
  const names = layoutOf(shape);
  const metadata = await parquetMetadataAsync(file);
  const said = metadata.key_value_metadata?.find(({ key }) => key === CHUNK_KEY)?.value;
  const format = (JSON.parse(said ?? '{}') as { format?: unknown }).format;
  if (format !== FORMAT) throw new Error(`its format is ${String(format)}, this Millrace reads ${FORMAT}`);
  const perExample = widthOf(shape) / names.length;
  const count = rows * perExample;
  if (Number(metadata.num_rows) !== count) throw new Error(`it has ${metadata.num_rows} rows, not ${count}`);
  const values = new Float32Array(rows * widthOf(shape));
  const scan = await parquetScan({ file, metadata, compressors, columns: [...names] });
  for (const [column, name] of names.entries()) {
    const data = await scan.readColumn({ column: name, rowStart: 0, rowEnd: count });
    for (let row = 0; row < count; row++) values[row * names.length + column] = data[row] as number;
  }
  return values;
}

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Writes a file that is whole under its name or not there at all, and on disk when this resolves. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = `${path}.tmp`;
  try {
    const handle = await open(unfinished, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
}

/** Windows cannot, and need not. */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** @throws as `decodeChunk` does, or as the file system does */
export async function readChunk(path: string, shape: Shape, rows: number, digest: string): Promise<Float32Array> {
  const bytes = await readFile(path);
  if (digestOf(bytes) !== digest) throw new Error('it is not what was written: the disk has altered it');
  return decodeChunk(shape, rows, bytes);
}

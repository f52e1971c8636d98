import { type AsyncBuffer, parquetMetadataAsync, parquetScan } from 'hyparquet';
import { ByteWriter, parquetWrite } from 'hyparquet-writer';
import type { TruthLabel } from '../../messages/index.ts';
import { compressors } from '../parquet/file.ts';
import { type IndexRows, interned } from './index-rows.ts';

const KEY = 'millrace-data-version';
const FORMAT = 1;

/** Which examples a version has, with the place of their values: one row an example. */
export function encodeVersion(rows: IndexRows): Uint8Array {
  const writer = new ByteWriter();
  const plain = { encoding: 'PLAIN' as const, nullable: false, offsetIndex: false };
  const text = { type: 'STRING' as const, offsetIndex: false };
  // Into memory, it is done when this returns.
  void parquetWrite({
    writer,
    columnData: [
      { name: 'id', data: Int32Array.from(rows.ids), type: 'INT32', ...plain },
      {
        name: 'label',
        data: rows.labels.map((label) => (typeof label === 'string' ? label : null)),
        ...text,
        nullable: true,
      },
      {
        name: 'number',
        data: rows.labels.map((label) => (typeof label === 'number' ? label : null)),
        ...{ type: 'DOUBLE' as const, encoding: 'PLAIN' as const, nullable: true, offsetIndex: false },
      },
      { name: 'time', data: Float64Array.from(rows.times), type: 'DOUBLE', ...plain },
      { name: 'source', data: [...rows.sources], ...text, nullable: false },
      { name: 'group', data: [...rows.groups], ...text, nullable: false },
      { name: 'chunk', data: Float64Array.from(rows.chunks), type: 'DOUBLE', ...plain },
      { name: 'place', data: Int32Array.from(rows.places), type: 'INT32', ...plain },
    ],
    rowGroupSize: Math.max(1, rows.ids.length),
    statistics: false,
    kvMetadata: [{ key: KEY, value: JSON.stringify({ format: FORMAT }) }],
    createdBy: 'millrace',
  });
  return writer.getBytes();
}

/** @throws whatever is wrong with the bytes, in plain words */
export async function decodeVersion(bytes: Uint8Array): Promise<Omit<IndexRows, 'digest'>> {
  const file: AsyncBuffer = {
    byteLength: bytes.byteLength,
    slice: (from, to) =>
      bytes.buffer.slice(bytes.byteOffset + from, bytes.byteOffset + (to ?? bytes.byteLength)) as ArrayBuffer,
  };
  const metadata = await parquetMetadataAsync(file);
  const said = metadata.key_value_metadata?.find(({ key }) => key === KEY)?.value;
  const { format } = JSON.parse(said ?? '{}') as { format?: unknown };
  if (format !== FORMAT) throw new Error(`its format is ${String(format)}, this Millrace reads ${FORMAT}`);
  const rowEnd = Number(metadata.num_rows);
  const columns = ['id', 'label', 'number', 'time', 'source', 'group', 'chunk', 'place'];
  const scan = await parquetScan({ file, metadata, compressors, columns });
  const read = (column: string) => scan.readColumn({ column, rowStart: 0, rowEnd }) as Promise<ArrayLike<unknown>>;
  const same = interned();
  const texts = async (column: string) => Array.from(await read(column), (value) => same(String(value)));
  const numbers = await read('number');
  const labels = Array.from(await read('label'), (label, row): TruthLabel | null =>
    same((label ?? numbers[row] ?? null) as TruthLabel | null),
  );
  return {
    edits: 0,
    ids: Int32Array.from((await read('id')) as ArrayLike<number>),
    labels,
    times: Float64Array.from((await read('time')) as ArrayLike<number>),
    sources: await texts('source'),
    groups: await texts('group'),
    chunks: Float64Array.from((await read('chunk')) as ArrayLike<number>),
    places: Int32Array.from((await read('place')) as ArrayLike<number>),
  };
}

import { setImmediate } from 'node:timers/promises';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import type { TruthLabel } from '../../../messages/index.ts';
import { BESIDE, flatColumns } from '../flat.ts';
import { type Shape, widthOf } from '../shape.ts';
import type { Slice } from './slices.ts';

/** Numbers in a row group: as many as are encoded in a few milliseconds. */
const GROUP_NUMBERS = 100_000;

/** Examples as a Parquet file: one row an example. */
export async function* examplesAsParquet(
  shape: Shape,
  labels: readonly (TruthLabel | null)[],
  slices: AsyncIterable<Slice>,
): AsyncGenerator<Uint8Array> {
  const width = widthOf(shape);
  const texts = labels.some((label) => typeof label === 'string');
  const numbers = labels.some((label) => typeof label === 'number');
  const column = (name: string, type: SchemaElement['type'], repetition: 'REQUIRED' | 'OPTIONAL'): SchemaElement => ({
    name,
    ...(type && { type }),
    ...(type === 'BYTE_ARRAY' && { converted_type: 'UTF8' as const }),
    repetition_type: repetition,
  });
  const schema = [
    column(BESIDE.id, 'INT32', 'REQUIRED'),
    ...(texts || !numbers ? [column(BESIDE.label, 'BYTE_ARRAY', 'OPTIONAL')] : []),
    ...(numbers ? [column(texts ? BESIDE.labelNumber : BESIDE.label, 'DOUBLE', 'OPTIONAL')] : []),
    column(BESIDE.time, 'DOUBLE', 'OPTIONAL'),
    column(BESIDE.source, 'BYTE_ARRAY', 'REQUIRED'),
    column(BESIDE.group, 'BYTE_ARRAY', 'REQUIRED'),
    ...(shape.window ? [column(BESIDE.rate, 'DOUBLE', 'REQUIRED')] : []),
    ...flatColumns(shape).map((name) => column(name, 'FLOAT', 'REQUIRED')),
  ];
  const output = new ByteWriter();
  const writer = new ParquetWriter({
    writer: output,
    schema: [{ name: 'examples', num_children: schema.length }, ...schema],
    statistics: false,
    createdBy: 'millrace',
  });
  const taken = () => {
    const bytes = output.getBytes().slice();
    output.index = 0;
    return bytes;
  };
  let held: Slice[] = [];
  let rows = 0;
  const group = async () => {
    const flat = <T>(of: (slice: Slice, row: number) => T) =>
      held.flatMap((slice) => Array.from({ length: slice.rows }, (_, row) => of(slice, row)));
    const ofLabel = (type: 'string' | 'number') =>
      flat(({ labels: own }, row) => (typeof own[row] === type ? own[row] : null));
    const data: Readonly<Record<string, unknown[] | Float32Array | Int32Array>> = {
      [BESIDE.id]: Int32Array.from(flat(({ ids }, row) => ids[row] as number)),
      [BESIDE.label]: ofLabel(texts || !numbers ? 'string' : 'number'),
      [BESIDE.labelNumber]: ofLabel('number'),
      [BESIDE.time]: flat(({ times }, row) => (Number.isFinite(times[row]) ? times[row] : null)),
      [BESIDE.source]: flat(({ sources }, row) => sources[row] ?? ''),
      [BESIDE.group]: flat(({ groups }, row) => groups[row] ?? ''),
      [BESIDE.rate]: flat(() => shape.window?.rate),
    };
    const beside = schema.length - width;
    await writer.write({
      columnData: schema.map(({ name }, index) => {
        if (index < beside) return { name, data: data[name] ?? [], offsetIndex: false };
        const values = new Float32Array(rows);
        let at = 0;
        for (const slice of held) {
          for (let row = 0; row < slice.rows; row++)
            values[at++] = slice.values[row * width + index - beside] as number;
        }
        return { name, data: values, encoding: 'PLAIN' as const, offsetIndex: false };
      }),
      rowGroupSize: rows,
    });
    held = [];
    rows = 0;
  };
  for await (const slice of slices) {
    held.push(slice);
    rows += slice.rows;
    if (rows * width < GROUP_NUMBERS) continue;
    await group();
    yield taken();
    await setImmediate();
  }
  if (rows > 0) await group();
  await writer.finish();
  yield taken();
}

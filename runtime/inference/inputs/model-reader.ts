import type { PlainTensor } from '../tiers/tier.ts';
import type { Column } from './column.ts';
import type { FromWindow } from './from-window.ts';
import type { InputSpec } from './input-spec.ts';
import { createRowReader, type Rows } from './row-reader.ts';
import { oneByOne } from './one-by-one.ts';
import type { InputReader, ReadInput } from './types.ts';

/** Reads messages for all inputs of a model. */
export function createModelReader(
  model: string,
  specs: readonly InputSpec[],
  windowed: FromWindow | undefined,
): InputReader {
  const takesRows = specs.every(({ shape }) => shape.rows === 'free');
  const inputs = specs.map(({ name, element, shape, columns }) => {
    return { name, element, shape, row: shape.row.map((size) => size ?? 1), count: columns.length };
  });
  const rows = createRowReader(model, inputs, columnsOf(specs), windowed);
  const names = inputs.map(({ name }) => name);

  const gather = (read: Rows): ReadInput => {
    const feeds: Record<string, PlainTensor> = {};
    for (let i = 0; i < names.length; i++) feeds[names[i] as string] = read.tensors[i] as PlainTensor;
    const { rows, batch, features } = read;
    if (rows > 1 && !takesRows) return { feeds, rows, batch, features, singles: oneByOne(specs, feeds, rows) };
    return { feeds, rows, batch, features };
  };

  return { featureNames: rows.names, takesRows, read: (input) => gather(rows.read(input)) };
}

/** Over all inputs, in order. */
function columnsOf(specs: readonly InputSpec[]): Column[] {
  return specs.flatMap(({ columns, element, declared }, input) =>
    columns.map((name, at) => ({ name, element, input, at, missing: declared.missing === true })),
  );
}

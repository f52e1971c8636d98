import type { SchemaElement } from 'hyparquet';
import type { ColumnSource } from 'hyparquet-writer';
import type { Cells, Layout } from './layout.ts';

/** Names of the columns that every Parquet recording may have. */
export const COLUMNS = {
  at: 'at',
  time: 'time',
  id: 'id',
  topic: 'topic',
  value: 'payload',
  data: 'payload.data[]',
  rest: 'rest',
} as const;
const CHANNEL = 'payload.';

export const channelColumn = (name: string) => CHANNEL + name;
/** The channel that a column holds; undefined if it is one of the others. */
export const channelOf = (column: string) =>
  column.startsWith(CHANNEL) && column !== COLUMNS.data ? column.slice(CHANNEL.length) : undefined;

/** The Parquet schema of a layout. */
export function schemaOf({ channels, time, id, topic, value, data }: Layout): SchemaElement[] {
  const number = (name: string): SchemaElement => ({ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' });
  const text = (name: string): SchemaElement => ({
    ...{ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  });
  const list: SchemaElement[] = [
    { name: COLUMNS.data, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type: 'DOUBLE', repetition_type: 'REQUIRED' },
  ];
  const columns: SchemaElement[][] = [
    [{ name: COLUMNS.at, type: 'DOUBLE', repetition_type: 'REQUIRED' }],
    ...(time ? [[number(COLUMNS.time)]] : []),
    ...(id ? [[text(COLUMNS.id)]] : []),
    ...(topic ? [[text(COLUMNS.topic)]] : []),
    ...(value ? [[number(COLUMNS.value)]] : []),
    ...channels.map((name) => [number(channelColumn(name))]),
    ...(data ? [list] : []),
    [text(COLUMNS.rest)],
  ];
  return [{ name: 'recording', num_children: columns.length }, ...columns.flat()];
}

/** A row group's columns, in the order of the schema. */
export function columnsOf(layout: Layout, at: readonly number[], cells: readonly Cells[]): ColumnSource[] {
  const number = (name: string, values: (number | undefined)[]): ColumnSource => ({
    name,
    data: values,
    offsetIndex: false,
    // A dictionary takes -0 for 0.
    ...(values.some((each) => Object.is(each, -0)) && { encoding: 'PLAIN' as const }),
  });
  const other = (name: string, data: unknown[]): ColumnSource => ({ name, data, offsetIndex: false });
  return [
    number(COLUMNS.at, [...at]),
    ...(layout.time
      ? [
          number(
            COLUMNS.time,
            cells.map((each) => each.time),
          ),
        ]
      : []),
    ...(layout.id
      ? [
          other(
            COLUMNS.id,
            cells.map((each) => each.id),
          ),
        ]
      : []),
    ...(layout.topic
      ? [
          other(
            COLUMNS.topic,
            cells.map((each) => each.topic),
          ),
        ]
      : []),
    ...(layout.value
      ? [
          number(
            COLUMNS.value,
            cells.map((each) => each.value),
          ),
        ]
      : []),
    ...layout.channels.map((name, index) =>
      number(
        channelColumn(name),
        cells.map((each) => each.channels?.[index]),
      ),
    ),
    ...(layout.data
      ? [
          {
            ...other(
              COLUMNS.data,
              cells.map((each) => each.data),
            ),
            encoding: 'PLAIN' as const,
          },
        ]
      : []),
    other(
      COLUMNS.rest,
      cells.map((each) => each.rest),
    ),
  ];
}

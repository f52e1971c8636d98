import type { FileMetaData } from 'hyparquet';
import { errors } from '../errors.ts';
import { type Header, parseHeader } from '../jsonl/header.ts';
import type { Tally } from '../tally.ts';
import type { RecordedMessage } from '../types.ts';
import { channelOf, COLUMNS } from './columns.ts';
import { METADATA } from './convert.ts';
import { openParquet, type ParquetFile } from './file.ts';
import { rowGroups } from './groups.ts';
import { fromCells } from './layout.ts';

/**
 * The header of a Parquet recording; undefined for a Parquet file of another program.
 *
 * @throws RECORDING_NEWER
 */
export function headerOf({ path, metadata }: Pick<ParquetFile, 'path' | 'metadata'>): Header | undefined {
  const text = metadata.key_value_metadata?.find(({ key }) => key === METADATA)?.value;
  return text === undefined ? undefined : parseHeader(text, path);
}

/** Names of the top-level columns. */
export function columnNames({ schema }: FileMetaData): string[] {
  const names: string[] = [];
  for (let index = 1; index < schema.length; index = after(schema, index)) names.push(schema[index]?.name ?? '');
  return names;
}

/** The place of the next sibling: a group's children stand behind it. */
function after(schema: FileMetaData['schema'], index: number): number {
  let next = index + 1;
  for (let child = schema[index]?.num_children ?? 0; child > 0; child--) next = after(schema, next);
  return next;
}

/** The messages of a Parquet recording of Millrace's own. */
export async function* readParquet(path: string, tally: Tally): AsyncGenerator<RecordedMessage> {
  await using parquet = await openParquet(path);
  const cut = headerOf(parquet)?.cut;
  if (cut !== undefined) tally.cut(path, cut);
  const names = columnNames(parquet.metadata);
  if (!names.includes(COLUMNS.at)) throw errors.RECORDING_UNREADABLE({ path, reason: 'it has no column "at"' });
  const channels = names.flatMap((name) => channelOf(name) ?? []);
  const channelPlaces = names.flatMap((name, index) => (channelOf(name) === undefined ? [] : [index]));
  const place = (name: string) => names.indexOf(name);
  const [at, time, id, topic] = [COLUMNS.at, COLUMNS.time, COLUMNS.id, COLUMNS.topic].map(place) as Four;
  const [value, data, rest] = [COLUMNS.value, COLUMNS.data, COLUMNS.rest].map(place) as Three;

  for await (const { start, rows, columns } of rowGroups(parquet, names)) {
    for (let row = 0; row < rows; row++) {
      const cell = <T>(column: number): T | undefined => (columns[column]?.[row] as T | null | undefined) ?? undefined;
      const when = cell<number>(at) ?? NaN;
      if (!Number.isFinite(when)) {
        tally.refuse(`row ${start + row + 1}`, 'says no time');
        continue;
      }
      yield {
        at: when,
        message: fromCells(
          {
            time: cell(time),
            id: cell(id),
            topic: cell(topic),
            value: cell(value),
            channels: channelPlaces.map((column) => cell<number>(column)),
            data: cell(data),
            rest: cell(rest),
          },
          channels,
        ),
      };
    }
  }
}

type Four = [number, number, number, number];
type Three = [number, number, number];

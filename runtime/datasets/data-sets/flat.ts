/** Examples as the rows of one table, for other programs: what its columns are called, out and in. */
import { type Shape, widthOf } from './shape.ts';

/** Columns that are not values. */
export const BESIDE = {
  id: 'id',
  label: 'label',
  /** Of Parquet, where some labels are texts and others numbers. */
  labelNumber: 'label_number',
  time: 'time_ms',
  source: 'source',
  group: 'group',
  rate: 'window_rate_hz',
} as const;
const TAKEN: ReadonlySet<string> = new Set(Object.values(BESIDE));
const VALUE = 'value.';

/** A feature called as one of the columns beside it, or as the time is guessed by, is told apart by a prefix. */
const safe = (name: string) => (TAKEN.has(name.toLowerCase()) || name.startsWith(VALUE) ? VALUE + name : name);
const plain = (name: string) => (name.startsWith(VALUE) ? name.slice(VALUE.length) : name);

/**
 * One name a number of an example: of a window `ax[0]`, `ay[0]`, `ax[1]` …: channel and sample.
 *
 * @example
 * flatColumns({ kind: 'window', columns: ['ax', 'ay'], window: { rate: 100, samples: 2 } }); // ['ax[0]', 'ay[0]', 'ax[1]', 'ay[1]']
 */
export function flatColumns(shape: Shape): string[] {
  const { columns, window } = shape;
  if (!window) return columns.map(safe);
  return Array.from(
    { length: widthOf(shape) },
    (_, at) => `${columns[at % columns.length] ?? ''}[${Math.floor(at / columns.length)}]`,
  );
}

/** Channels and samples of flattened columns; undefined if they are no window. */
export function windowIn(names: readonly string[]): { channels: string[]; samples: number } | undefined {
  const parts = names.map((name) => /^(.*)\[(\d+)\]$/.exec(name));
  const channels = [...new Set(parts.map((part) => part?.[1]))];
  const samples = names.length / channels.length;
  const whole = names.every((_, at) => {
    const part = parts[at];
    return part?.[1] === channels[at % channels.length] && Number(part?.[2]) === Math.floor(at / channels.length);
  });
  if (names.length === 0 || !whole || !Number.isInteger(samples)) return undefined;
  return { channels: channels.map((name) => name ?? ''), samples };
}

/** The name of a feature from that of its column. */
export const featureOf = plain;

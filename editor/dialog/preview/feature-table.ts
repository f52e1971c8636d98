import { plain } from '../../look/words.ts';

/** Features by their names, `MEASURE_CHANNEL`, as a table: a row a measure, a column a channel. */
export interface FeatureTable {
  readonly columns: readonly string[];
  readonly rows: readonly FeatureTableRow[];
}
export interface FeatureTableRow {
  readonly measure: string;
  /** In the order of the columns; `undefined` where there is no such feature. */
  readonly values: readonly (number | null | undefined)[];
  /** Of each value's bar, 0 … 1; not there where lengths would say nothing. */
  readonly shares?: readonly number[];
}

interface Feature {
  readonly name: string;
  readonly value: number | null;
}

/** @param channels those that the features are of */
export function featureTable(features: readonly Feature[], channels: readonly string[]): FeatureTable {
  // Of `a` and `b_a` the longer one that fits is meant.
  const byLength = [...channels].sort((a, b) => b.length - a.length);
  const cells = new Map<string, Map<string, number | null>>();
  const found = new Set<string>();
  for (const { name, value } of features) {
    const channel = byLength.find((each) => name.endsWith(`_${each}`)) ?? '';
    const measure = channel === '' ? name : name.slice(0, -channel.length - 1);
    found.add(channel);
    const row = cells.get(measure) ?? new Map<string, number | null>();
    cells.set(measure, row.set(channel, value));
  }
  const columns = [...channels.filter((channel) => found.has(channel)), ...(found.has('') ? [''] : [])];
  const rows = [...cells].map(([measure, row]) => ({ measure, values: columns.map((column) => row.get(column)) }));
  return { columns, rows: withBars(rows) };
}

/** `band_8_12` and `psd_12.5` stand beside others of their kind: their lengths can be compared. */
const family = (measure: string): string | undefined => /^([a-z]+(?:_[a-z]+)*)_\d/.exec(measure)?.[1];

/** Each channel by itself: another may be in another unit. Amounts begin at 0, decibels and the like at the lowest. */
function withBars(rows: readonly FeatureTableRow[]): FeatureTableRow[] {
  const families = new Map<string, FeatureTableRow[]>();
  for (const row of rows) {
    const kind = family(row.measure);
    if (kind !== undefined) families.set(kind, [...(families.get(kind) ?? []), row]);
  }
  return rows.map((row) => {
    const alike = families.get(family(row.measure) ?? '');
    return alike ? { ...row, shares: row.values.map((value, column) => share(value, column, alike)) } : row;
  });
}

function share(value: number | null | undefined, column: number, alike: readonly FeatureTableRow[]): number {
  if (value === null || value === undefined) return 0;
  const values = alike.map((row) => row.values[column] ?? 0);
  const lowest = Math.min(...values);
  const low = lowest < 0 ? lowest : 0;
  const high = Math.max(...values);
  return high > low ? (value - low) / (high - low) : 0;
}

/** A row's heading: what stands at a frequency is known by it. */
export const measureWords = (measure: string): string =>
  plain(`${measure}_`)
    .replace(/^(?:psd|fft) ([\d.]+)$/, '$1 Hz')
    .replace(/^spectrum ([\d.]+) ([\d.]+)$/, '$1–$2 Hz');

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

/** Each channel by itself: another may be in another unit. */
function withBars(rows: readonly FeatureTableRow[]): FeatureTableRow[] {
  const largest = new Map<string, number[]>();
  for (const { measure, values } of rows) {
    const kind = family(measure);
    if (kind === undefined) continue;
    const before = largest.get(kind) ?? [];
    largest.set(
      kind,
      values.map((value, column) => Math.max(before[column] ?? 0, Math.abs(value ?? 0))),
    );
  }
  return rows.map((row) => {
    const most = largest.get(family(row.measure) ?? '');
    if (!most) return row;
    return { ...row, shares: row.values.map((value, column) => Math.abs(value ?? 0) / (most[column] || 1)) };
  });
}

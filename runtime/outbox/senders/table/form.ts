/** The columns of the two tables. */
export const MESSAGE = ['gateway', 'stream', 'sequence', 'time', 'id', 'topic', 'payload', 'message'] as const;
export const GAP = ['gateway', 'stream', 'first', 'last', 'reason', 'time'] as const;

export interface TableColumn {
  readonly name: string;
  /** Part of the primary key. */
  readonly key: boolean;
  /** A row without a value for it is refused. */
  readonly needed: boolean;
}

/**
 * Why a table that is there cannot hold messages: `undefined` if it can. It may have further columns that fill themselves.
 *
 * @param names what it must have
 * @param key   its primary key: what tells a repeat
 */
export function whyForeign(
  columns: readonly TableColumn[],
  names: readonly string[],
  key: readonly string[],
): string | undefined {
  const present = new Set(columns.map(({ name }) => name));
  const missing = names.filter((name) => !present.has(name));
  if (missing.length > 0) return `it has no column ${missing.map((name) => `"${name}"`).join(', ')}`;
  const needed = columns.find((column) => column.needed && !names.includes(column.name));
  if (needed) return `its column "${needed.name}" has to be filled, and messages have nothing for it`;
  const own = columns.filter((column) => column.key).map(({ name }) => name);
  const same = own.length === key.length && key.every((name) => own.includes(name));
  return same ? undefined : `its primary key is not (${key.join(', ')}), by which repeats are told`;
}

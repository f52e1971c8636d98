import { type Database, openDatabase } from './database.ts';
import { scanPages } from './page-scan.ts';
import type { Row, SqlValue } from './statements.ts';
import type { StoreOptions } from './store.ts';

const PAGE = 500;

/**
 * Copies into a new store what can be read of a damaged file: on from the first row until damage, over it to the next row
 * that can be read, and back from there. Rows keep their rowid, so the tables must have one. Whether a row is right in
 * itself, its own checksum must tell.
 *
 * @returns how many rows were carried over
 */
export function salvageRows(
  target: Database,
  damagedFile: string,
  { salvage = [], rescue = [] }: Pick<StoreOptions, 'salvage' | 'rescue'>,
): number {
  const source = openDamaged(damagedFile);
  try {
    target.exec('BEGIN IMMEDIATE');
    let rows = 0;
    if (source) for (const table of salvage) rows += copy(source, target, table);
    if (rescue.length > 0) rows += rescueRows(target, damagedFile, rescue);
    target.exec('COMMIT');
    return rows;
  } finally {
    source?.close();
  }
}

function openDamaged(file: string): Database | undefined {
  try {
    return openDatabase(file);
  } catch {
    return undefined;
  }
}

/** Rows to which no way leads any more, known by their columns. */
function rescueRows(target: Database, file: string, tables: readonly string[]): number {
  const forms = tables.map((table) => {
    const columns = target.all(`PRAGMA table_info(${table})`);
    const names = columns.map((column) => String(column['name'])).join(', ');
    const sql = `INSERT OR IGNORE INTO ${table} (rowid, ${names}) VALUES (?, ${columns.map(() => '?').join(', ')})`;
    const fits = (values: readonly SqlValue[]) =>
      values.length === columns.length && columns.every((column, index) => isOf(column, values[index]));
    return { sql, fits };
  });
  let rescued = 0;
  try {
    for (const { rowid, values } of scanPages(file, target.number('PRAGMA page_size'))) {
      const form = forms.find(({ fits }) => fits(values));
      if (form)
        rescued += insertRow(target, form.sql, [rowid, ...values.map((value, at) => (at === 0 ? rowid : value))]);
    }
  } catch {
    // The file cannot even be read: what was found so far is kept.
  }
  return rescued;
}

/** Whether a value may stand in a column. The first of a table is the alias of its rowid, which is stored as nothing. */
function isOf(column: Row, value: SqlValue | undefined): boolean {
  if (Number(column['pk']) > 0) return value === null;
  if (value === null) return Number(column['notnull']) === 0;
  const type = String(column['type']);
  if (type === 'BLOB') return value instanceof Uint8Array;
  if (type === 'TEXT') return typeof value === 'string';
  return typeof value === 'number' || typeof value === 'bigint';
}

function copy(source: Database, target: Database, table: string): number {
  const columns = target.all(`PRAGMA table_info(${table})`).map((row) => String(row['name']));
  const places = columns.map(() => '?').join(', ');
  const insert = `INSERT OR IGNORE INTO ${table} (rowid, ${columns.join(', ')}) VALUES (?, ${places})`;
  let copied = 0;
  const keep = (row: Row) => {
    copied += insertRow(target, insert, [position(row), ...columns.map((name) => row[name] ?? null)]);
  };
  const select = `SELECT rowid AS "${ROWID}", * FROM ${table} WHERE`;
  const forward = `${select} rowid > ? ORDER BY rowid LIMIT ?`;
  const back = `${select} rowid < ? AND rowid > ? ORDER BY rowid DESC LIMIT ?`;
  let reached = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const { whole, last } = walk(source, forward, reached, [], keep);
    if (whole) return copied;
    reached = last;
    const leap = firstBehind(source, table, Math.max(reached, 0));
    if (!leap) break;
    keep(leap);
    walk(source, back, position(leap), [reached], keep);
    reached = position(leap);
  }
  // Nothing behind the damage could be found from the front.
  walk(source, back, Number.MAX_SAFE_INTEGER, [reached], keep);
  return copied;
}

/** The first row behind a place that can be read, by leaps that grow: rows lie in pages, and a whole page may be damaged. */
function firstBehind(source: Database, table: string, place: number): Row | undefined {
  const sql = `SELECT rowid AS "${ROWID}", * FROM ${table} WHERE rowid >= ? ORDER BY rowid LIMIT 1`;
  for (let leap = 2; place + leap <= Number.MAX_SAFE_INTEGER; leap *= 2) {
    try {
      return source.all(sql, [Math.floor(place + leap)])[0];
    } catch {
      // Still in the damaged part.
    }
  }
  return undefined;
}

/** No column of ours has a space in its name. */
const ROWID = 'row id';
const position = (row: Row) => Number(row[ROWID]);

/**
 * Reads on until the end or the damage. Pages shrink towards the damage, so that the last row before it is read.
 *
 * @param values what the statement takes beside the place that was reached, which comes first, and the limit
 */
function walk(source: Database, sql: string, from: number, values: readonly number[], keep: (row: Row) => void) {
  let last = from;
  for (let size = PAGE; size >= 1;) {
    try {
      const rows = source.all(sql, [last, ...values, size]);
      rows.forEach(keep);
      if (rows.length < size) return { whole: true, last };
      last = position(rows.at(-1) ?? {});
    } catch {
      size = Math.floor(size / 5);
    }
  }
  return { whole: false, last };
}

function insertRow(target: Database, sql: string, values: readonly SqlValue[]): number {
  try {
    return target.run(sql, values);
  } catch {
    return 0;
  }
}

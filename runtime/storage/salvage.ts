import { type Database, openDatabase } from './database.ts';
import type { Row, SqlValue } from './statements.ts';

const PAGE = 500;

/**
 * Copies into a new store what can be read of a damaged file: from the first row on until the damage, and from the
 * last row back. Rows keep their rowid, so
 * the tables must have one. Whether a row is right in itself, its own checksum must tell.
 *
 * @returns how many rows were carried over
 */
export function salvageRows(target: Database, damagedFile: string, tables: readonly string[]): number {
  let source: Database;
  try {
    source = openDatabase(damagedFile);
  } catch {
    return 0;
  }
  try {
    target.exec('BEGIN IMMEDIATE');
    const rows = tables.reduce((sum, table) => sum + copy(source, target, table), 0);
    target.exec('COMMIT');
    return rows;
  } finally {
    source.close();
  }
}

function copy(source: Database, target: Database, table: string): number {
  const columns = target.all(`PRAGMA table_info(${table})`).map((row) => String(row['name']));
  const places = columns.map(() => '?').join(', ');
  const insert = `INSERT OR IGNORE INTO ${table} (rowid, ${columns.join(', ')}) VALUES (?, ${places})`;
  let copied = 0;
  const keep = (row: Row) => {
    copied += insertRow(target, insert, [position(row), ...columns.map((name) => row[name] ?? null)]);
  };
  const whole = walk(
    source,
    `SELECT rowid AS "${ROWID}", * FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ?`,
    0,
    keep,
  );
  if (whole) return copied;
  const back = `SELECT rowid AS "${ROWID}", * FROM ${table} WHERE rowid < ? ORDER BY rowid DESC LIMIT ?`;
  walk(source, back, Number.MAX_SAFE_INTEGER, keep);
  return copied;
}

/** No column of ours has a space in its name. */
const ROWID = 'row id';
const position = (row: Row) => Number(row[ROWID]);

/** Reads on until the end or the damage. Pages shrink towards the damage, so that the last row before it is read. */
function walk(source: Database, sql: string, from: number, keep: (row: Row) => void): boolean {
  let last = from;
  for (let size = PAGE; size >= 1;) {
    try {
      const rows = source.all(sql, [last, size]);
      if (rows.length === 0) return true;
      rows.forEach(keep);
      last = position(rows.at(-1) ?? {});
    } catch {
      size = Math.floor(size / 5);
    }
  }
  return false;
}

function insertRow(target: Database, sql: string, values: readonly SqlValue[]): number {
  try {
    return target.run(sql, values);
  } catch {
    return 0;
  }
}

import { openReader } from '../../storage/index.ts';
import type { Reading } from './tables.ts';

/** Reads a SQLite file that others may be writing, and changes nothing. @throws STORE_UNREADABLE */
export async function readSqlite(file: string): Promise<Reading> {
  const reader = await openReader(file);
  return {
    address: file,
    schemas: false,
    all: (sql, values) => Promise.resolve(reader.all(sql.replace(/\$\d/g, '?'), values)),
    has: (table) => Promise.resolve(reader.all(`PRAGMA table_info(${table})`).length > 0),
    close: () => Promise.resolve(reader.close()),
  };
}

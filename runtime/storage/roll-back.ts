import type { Database } from './database.ts';

/** Ends a transaction that has failed; SQLite may have done it already. */
export function rollBack(database: Database): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // There is none any more.
  }
}

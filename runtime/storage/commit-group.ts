import { toPlainError } from '../base/index.ts';
import type { Database } from './database.ts';
import type { Outcome } from './methods.ts';
import type { Write } from './statements.ts';

/**
 * Commits a group of writes in one transaction, so that one flush of the disk serves them all. A write that fails is
 * undone alone; where SQLite has given up the whole transaction (disk full), all of them fail.
 */
export function commitGroup(database: Database, group: readonly Write[]): Outcome[] {
  try {
    database.exec('BEGIN IMMEDIATE');
    const outcomes = group.map((write) => attempt(database, write));
    database.exec('COMMIT');
    return outcomes;
  } catch (error) {
    rollBack(database);
    const plain = toPlainError(error);
    return group.map(() => plain);
  }
}

function attempt(database: Database, write: Write): Outcome {
  database.exec('SAVEPOINT one');
  try {
    const changes = apply(database, write);
    database.exec('RELEASE one');
    return changes;
  } catch (error) {
    if (!undo(database)) throw error;
    return toPlainError(error);
  }
}

function apply(database: Database, write: Write): number {
  let changes = 0;
  for (const { sql, values = [], rows = [values] } of write) {
    for (const row of rows) changes += database.run(sql, row);
  }
  return changes;
}

// Fails if SQLite has rolled back the transaction, and the savepoint with it.
function undo(database: Database): boolean {
  try {
    database.exec('ROLLBACK TO one; RELEASE one');
    return true;
  } catch {
    return false;
  }
}

function rollBack(database: Database): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // SQLite has done it already.
  }
}

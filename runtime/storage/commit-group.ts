import { MillraceError, toPlainError } from '../base/index.ts';
import type { Database } from './database.ts';
import { errors } from './errors.ts';
import type { GroupedWrite, Outcome } from './methods.ts';
import { rollBack } from './roll-back.ts';
import type { Room } from './room.ts';
import type { Write } from './statements.ts';

/**
 * Commits a group of writes in one transaction, so that one flush of the disk serves them all. A write that fails is
 * undone alone. Where SQLite has given up the whole transaction because there is no room, each is tried alone: what is
 * essential first, with the reserve.
 */
export function commitGroup(database: Database, group: readonly GroupedWrite[], room: Room): Outcome[] {
  const essential = group.filter((one) => one.essential);
  const rest = group.filter((one) => !one.essential);
  const outcomes = new Map<GroupedWrite, Outcome>();
  const none = rest.length > 0 && !room.ready();
  const now = none ? essential : [...essential, ...rest];
  try {
    together(database, now, outcomes);
  } catch (error) {
    rollBack(database);
    const full = isFull(error) && (now.length > 1 || essential.length > 0);
    for (const one of now) outcomes.set(one, full ? alone(database, one, room) : toPlainError(error));
  }
  const refused = none && toPlainError(errors.STORE_FULL({ file: database.file, reason: 'the reserve is in use' }));
  return group.map((one) => outcomes.get(one) ?? (refused || 0));
}

function together(database: Database, group: readonly GroupedWrite[], outcomes: Map<GroupedWrite, Outcome>): void {
  if (group.length === 0) return;
  database.exec('BEGIN IMMEDIATE');
  for (const one of group) outcomes.set(one, attempt(database, one.write));
  database.exec('COMMIT');
}

function alone(database: Database, { write, essential }: GroupedWrite, room: Room): Outcome {
  const work = () => {
    try {
      database.exec('BEGIN IMMEDIATE');
      const changes = apply(database, write);
      database.exec('COMMIT');
      return changes;
    } catch (error) {
      rollBack(database);
      throw error;
    }
  };
  try {
    return essential ? room.essentially(work) : work();
  } catch (error) {
    return toPlainError(error);
  }
}

const isFull = (error: unknown) => error instanceof MillraceError && error.code === 'STORE_FULL';

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

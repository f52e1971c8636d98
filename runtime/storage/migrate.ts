import type { Database } from './database.ts';
import { errors } from './errors.ts';
import { rollBack } from './roll-back.ts';
import type { StoreOptions } from './store.ts';

const formatOf = (database: Database) => database.number('PRAGMA user_version');

/**
 * Before anything is changed: is the file ours, and of a format that we know?
 *
 * @throws STORE_TOO_NEW, STORE_FOREIGN
 */
export function checkOwner(database: Database, { file, application, migrations }: StoreOptions): void {
  const format = formatOf(database);
  const owner = database.number('PRAGMA application_id');
  const empty = database.number('SELECT count(*) FROM sqlite_schema') === 0;
  if (owner !== application && !(owner === 0 && empty)) throw errors.STORE_FOREIGN({ file, application: owner });
  if (format > migrations.length) throw errors.STORE_TOO_NEW({ file, format, known: migrations.length });
}

/**
 * Brings a file to today's format, in one transaction: a file holds one format or another, never half of one. It is
 * written even where nothing is to be done: that takes the lock, and shows that the file can be written.
 */
export function migrate(database: Database, { application, migrations }: StoreOptions): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const statement of migrations.slice(formatOf(database)).flat()) database.exec(statement);
    database.exec(`PRAGMA application_id = ${application}; PRAGMA user_version = ${migrations.length}; COMMIT`);
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

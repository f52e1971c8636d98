import { existsSync } from 'node:fs';
import { asMillraceError } from '../base/index.ts';
import { errors } from './errors.ts';
import type { Row, SqlValue } from './statements.ts';

/** Another process that writes the file is waited for so long, ms. */
const PATIENCE = 5_000;

/** Reads a SQLite file, whoever made it, while others may be writing it; nothing in it is changed. */
export interface Reader {
  /** @throws STORE_DAMAGED, STORE_FAILED */
  all(sql: string, values?: readonly SqlValue[]): readonly Row[];
  close(): void;
}

/**
 * Opens a file for reading, in this thread: for commands, not for a gateway that runs.
 *
 * @throws STORE_UNREADABLE
 */
export async function openReader(file: string): Promise<Reader> {
  const unreadable = (reason: string, cause?: unknown) => errors.STORE_UNREADABLE({ file, reason }, { cause });
  if (!existsSync(file)) throw unreadable('there is no such file');
  // Not before it is needed: Node.js 22 warns on the console as soon as a thread loads SQLite.
  const { openDatabase } = await import('./database.ts');
  try {
    const database = openDatabase(file, undefined, true);
    try {
      database.exec(`PRAGMA busy_timeout = ${PATIENCE}`);
      // Meets a file that is no database, or one that cannot be read.
      database.number('SELECT count(*) FROM sqlite_schema');
    } catch (error) {
      database.close();
      throw error;
    }
    return { all: (sql, values) => database.all(sql, values), close: () => database.close() };
  } catch (error) {
    throw unreadable(asMillraceError(error).message, error);
  }
}

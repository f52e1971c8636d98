import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { openDatabase } from './database.ts';

/** The first bytes of every SQLite file. @see https://sqlite.org/fileformat.html#magic_header_string */
const MAGIC = Buffer.from('SQLite format 3\0');

/** A larger file is not read through at start: that would take seconds. Its damage is met where it is read. */
const CHECKED_BYTES = 8 * 1024 * 1024;

/** What is wrong with a file, seen from outside; `undefined` if nothing is, or if there is no file. */
export function damageOf(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const { size } = statSync(file);
  // SQLite makes the file before it writes the first page: a kill in between leaves it empty, and nothing is lost.
  if (size === 0) return undefined;
  if (!startsWithMagic(file)) return 'it is not a SQLite file';
  return size <= CHECKED_BYTES ? quickCheck(file) : undefined;
}

function startsWithMagic(file: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(MAGIC.length);
    readSync(descriptor, start, 0, MAGIC.length, 0);
    return start.equals(MAGIC);
  } finally {
    closeSync(descriptor);
  }
}

function quickCheck(file: string): string | undefined {
  const database = openDatabase(file);
  try {
    const [answer] = database.all('PRAGMA quick_check(1)');
    const verdict = answer ? String(Object.values(answer)[0]) : 'no answer';
    // The first line only names the database.
    return verdict === 'ok' ? undefined : verdict.split('\n').at(-1);
  } catch (error) {
    const code = (error as { code?: string }).code;
    // Anything else than damage (a lock, a right that is missing) is met again, and reported, by the real opening.
    return code === 'STORE_DAMAGED' ? (error as Error).message : undefined;
  } finally {
    database.close();
  }
}

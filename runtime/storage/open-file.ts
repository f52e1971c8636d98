import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { MillraceError } from '../base/index.ts';
import { damageOf } from './damage.ts';
import { clearMark, isMarked, markDamaged } from './damage-mark.ts';
import { type Database, openDatabase } from './database.ts';
import { errors } from './errors.ts';
import { checkOwner, migrate } from './migrate.ts';
import { mendLog } from './mend-log.ts';
import { quarantine } from './quarantine.ts';
import { createRoom, type Room } from './room.ts';
import { salvageRows } from './salvage.ts';
import type { StoreOptions } from './store.ts';

/** A writer of a shared store waits this long for another process, ms. */
const PATIENCE = 5_000;

export interface OpenFile {
  readonly database: Database;
  readonly room: Room;
  readonly warning: MillraceError | undefined;
}

/**
 * Opens the file one way, for every room; a damaged one is set aside and a new one begun.
 *
 * @throws STORE_UNWRITABLE, STORE_LOCKED, STORE_TOO_NEW, STORE_FOREIGN, STORE_FULL
 */
export function openFile(options: StoreOptions): OpenFile {
  const directory = dirname(options.file);
  onDisk(directory, () => makeDirectory(directory));
  // Before anything opens the file: closing it would remove the log.
  if (options.access !== 'shared') onDisk(options.file, () => mendLog(options.file, () => lockFile(options.file)));
  let reason = isMarked(options.file)
    ? 'damage was met while it was in use'
    : onDisk(options.file, () => damageOf(options.file));
  if (reason === undefined) {
    try {
      return { ...openPatiently(options), warning: undefined };
    } catch (error) {
      if (!(error instanceof MillraceError) || error.code !== 'STORE_DAMAGED') throw error;
      reason = error.cause instanceof Error ? error.cause.message : error.message;
    }
  }
  return replace(options, reason);
}

/** Takes the kernel's lock, which no other process then gets. */
function lockFile(file: string): Database {
  const database = openDatabase(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 0');
    database.number('SELECT count(*) FROM sqlite_schema');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function replace(options: StoreOptions, reason: string): OpenFile {
  const { file } = options;
  const aside = onDisk(file, () => quarantine(file));
  clearMark(file);
  const { database, room } = openSound(options);
  const rows = salvageRows(database, aside, options);
  return { database, room, warning: errors.STORE_QUARANTINED({ file, quarantine: aside, reason, rows }) };
}

/** Of two processes that begin a shared file at once, SQLite lets one turn its log on and tells the other so at once. */
function openPatiently(options: StoreOptions): Omit<OpenFile, 'warning'> {
  const end = performance.now() + (options.access === 'shared' ? PATIENCE : 0);
  for (;;) {
    try {
      return openSound(options);
    } catch (error) {
      const locked = error instanceof MillraceError && error.code === 'STORE_LOCKED';
      if (!locked || performance.now() >= end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function openSound(options: StoreOptions): Omit<OpenFile, 'warning'> {
  const database = openDatabase(options.file, (reason) => markDamaged(options.file, reason));
  try {
    // In exclusive mode the lock is the kernel's, so it goes with a killed process; it is taken by the first write.
    if (options.access !== 'shared') database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec(`PRAGMA busy_timeout = ${options.access === 'shared' ? PATIENCE : 0}`);
    checkOwner(database, options);
    // Holds for a new file; one that has pages keeps their size.
    if (options.pageSize !== undefined) database.exec(`PRAGMA page_size = ${options.pageSize}`);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    const room = createRoom(database, options);
    migrateInRoom(database, room, options);
    room.prepare();
    return { database, room };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The disk may be full at a start: what waits is to be drained all the same. */
function migrateInRoom(database: Database, room: Room, options: StoreOptions): void {
  try {
    migrate(database, options);
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'STORE_FULL') throw error;
    room.essentially(() => migrate(database, options));
  }
}

/** What the file system refuses is told with the path. */
function onDisk<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof MillraceError) throw thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw errors.STORE_UNWRITABLE({ path, reason }, { cause: thrown });
  }
}

function makeDirectory(path: string): void {
  mkdirSync(path, { recursive: true });
  accessSync(path, constants.W_OK);
}

import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { MillraceError } from '../base/index.ts';
import type { Database } from './database.ts';
import type { StoreOptions } from './store.ts';

/** Beyond this the log is written back into the database, and cut to it. */
const LOG_BYTES = 4 * 1024 * 1024;

/** Of the quota, for what must go through when it is used up: pages. */
const MARGIN = 32;

/** How often a full disk is asked whether there is room again, ms. */
const PATIENCE = 500;

/** What a store takes on disk, bytes. */
export interface StoreSize {
  /** Of the file, its log and its reserve. */
  readonly bytes: number;
  /** Of the pages that hold something. */
  readonly used: number;
}

export type Room = ReturnType<typeof createRoom>;

/**
 * Keeps a database, its log and its reserve below the quota, and keeps it writable when the disk is full: what is
 * essential (what makes room) may then use the reserve, which is laid aside again when there is room.
 */
export function createRoom(database: Database, options: StoreOptions) {
  const { file, quota, reserve = 0, logBytes = Math.min(LOG_BYTES, (quota ?? Infinity) / 8) } = options;
  const reserveFile = `${file}-reserve`;
  const pageSize = database.number('PRAGMA page_size');
  const most = quota === undefined ? undefined : Math.floor(Math.max(0, quota - reserve - logBytes) / pageSize);
  const bound = (margin: number) => {
    if (most !== undefined) database.number(`PRAGMA max_page_count = ${Math.max(16, most - margin)}`);
  };
  let tried = -Infinity;
  let whole = reserve === 0 || sizeOf(reserveFile) === reserve;

  // A transaction may add as much again before it is written back.
  database.exec(`PRAGMA journal_size_limit = ${Math.floor(logBytes)}`);
  database.number(`PRAGMA wal_autocheckpoint = ${Math.max(8, Math.floor(logBytes / 2 / pageSize))}`);
  bound(reserve > 0 ? MARGIN : 0);

  const layAside = () => {
    tried = performance.now();
    try {
      const descriptor = openSync(reserveFile, 'w');
      try {
        const zeros = Buffer.alloc(64 * 1024);
        for (let left = reserve; left > 0; left -= zeros.length) {
          const part = Math.min(left, zeros.length);
          if (writeSync(descriptor, zeros, 0, part) < part) throw new Error('short write');
        }
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      whole = true;
    } catch {
      rmSync(reserveFile, { force: true });
    }
  };

  const free = () => database.number('PRAGMA freelist_count') * pageSize;

  return {
    /** What must go through may use the margin, and where the disk itself is full the reserve: it is given back. */
    essentially<T>(work: () => T): T {
      bound(0);
      try {
        return work();
      } catch (error) {
        if (reserve === 0 || !(error instanceof MillraceError) || error.code !== 'STORE_FULL') throw error;
        whole = false;
        tried = performance.now();
        rmSync(reserveFile, { force: true });
        // The log's pages find their place in the database: it begins anew and needs no more room.
        database.all('PRAGMA wal_checkpoint(PASSIVE)');
        return work();
      } finally {
        bound(reserve > 0 ? MARGIN : 0);
      }
    },
    /** Is there room for more than what is essential? */
    ready(): boolean {
      if (!whole && performance.now() - tried >= PATIENCE) layAside();
      return whole || free() > 2 * reserve;
    },
    /** Lays the reserve aside at opening, if it is not whole from the last time. */
    prepare(): void {
      if (!whole) layAside();
    },
    size(): StoreSize {
      const pages = database.number('PRAGMA page_count');
      const bytes = [file, `${file}-wal`, reserveFile].reduce((sum, path) => sum + sizeOf(path), 0);
      return { bytes, used: pages * pageSize - free() };
    },
  };
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

import { asMillraceError, counter, type MillraceError } from '../base/index.ts';
import { errors } from './errors.ts';
import { createGroupCommit } from './group-commit.ts';
import type { StoreSize } from './room.ts';
import type { Migration, Row, SqlValue, Write } from './statements.ts';
import { acquireWorker } from './shared-worker.ts';

// Counted here: the thread that sets the file aside has metrics of its own, which nobody serves.
const quarantined = counter('millrace_storage_quarantined_total', 'Damaged database files that were set aside');

export interface StoreOptions {
  /** Absolute path of the database file. Its directory is made if it is missing. */
  readonly file: string;
  /** SQLite's `application_id`, a 32-bit number: says whose file this is. */
  readonly application: number;
  /** Migration n leads from format n to format n + 1; the format is SQLite's `user_version`. */
  readonly migrations: readonly Migration[];
  /** `exclusive`: this process alone holds the file. `shared`: others may, and writers wait for each other. */
  readonly access?: 'exclusive' | 'shared';
  /**
   * What the file, its log and its reserve may take, in bytes; what does not fit fails with STORE_FULL. Default: no bound
   * but the disk.
   */
  readonly quota?: number;
  /** Bytes that are laid aside in a file of their own, for essential writes on a full disk. Default: none. */
  readonly reserve?: number;
  /** The write-ahead log's size, bytes: from half of it on it is written back. Default: 4 MB. */
  readonly logBytes?: number;
  /** Of a new file, bytes. Default: SQLite's own, 4,096. */
  readonly pageSize?: number;
  /** Stores of one name share a thread; long work of others cannot hold up a store that has its own. Default: ''. */
  readonly thread?: string;
  /** Tables whose readable rows are carried over when a damaged file is set aside. */
  readonly salvage?: readonly string[];
  /**
   * Tables whose rows are also looked for page by page then, as no way may lead to them any more. Rows that had been
   * deleted may come back: for tables of which the room can tell, and no two alike.
   */
  readonly rescue?: readonly string[];
}

/** A SQLite database in a worker thread, opened one way: WAL, synchronous FULL, group commit. */
export interface Store {
  readonly file: string;
  /** STORE_QUARANTINED, if the file was damaged and a new one was begun when this store was opened. */
  readonly warning: MillraceError | undefined;
  /**
   * Resolves when the write is on disk. All that waits is committed together, what is essential first; a write that fails
   * fails alone.
   *
   * @param essential it makes room: where there is none it goes through with the reserve
   * @returns how many rows the write changed
   * @throws STORE_FULL, STORE_DAMAGED, STORE_FAILED, STORE_CLOSED
   */
  write(write: Write, essential?: boolean): Promise<number>;
  /**
   * Reads all rows at once: no reader is left open, which would keep the write-ahead log growing. Bound it with LIMIT.
   *
   * @throws STORE_DAMAGED, STORE_FAILED, STORE_CLOSED
   */
  read(sql: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
  size(): Promise<StoreSize>;
  /** Waits for the writes that were asked for, then closes the file. */
  close(): Promise<void>;
}

/**
 * Opens a store, making or migrating its file.
 *
 * @throws STORE_UNWRITABLE, STORE_LOCKED, STORE_TOO_NEW, STORE_FOREIGN, STORE_FULL
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const worker = await acquireWorker(options.thread ?? '');
  const release = () => worker.release();
  const { id, warning } = await worker.open(options).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  if (warning) quarantined.add();
  const writes = createGroupCommit((group) => worker.commit(id, group));
  let closing: Promise<void> | undefined;

  const close = async () => {
    await writes.idle();
    await worker.closeStore(id).finally(release);
  };

  return {
    file: options.file,
    warning: warning && asMillraceError(warning),
    async write(write, essential) {
      if (closing) throw errors.STORE_CLOSED({ file: options.file });
      return writes.add(write, essential);
    },
    async read(sql, values = []) {
      if (closing) throw errors.STORE_CLOSED({ file: options.file });
      return worker.read(id, sql, values);
    },
    async size() {
      if (closing) throw errors.STORE_CLOSED({ file: options.file });
      return worker.size(id);
    },
    close: () => (closing ??= close()),
  };
}

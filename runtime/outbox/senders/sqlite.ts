import { resolve } from 'node:path';
import { openStore, type Statement, type Store } from '../../storage/index.ts';
import { errors } from '../errors.ts';
import type { SqliteTarget } from '../schema.ts';
import type { Connection, Sender } from './sender.ts';
import {
  GAP,
  type GapRow,
  type Holds,
  MESSAGE,
  type MessageRow,
  rowsOf,
  type TableColumn,
  type TableNames,
  tableNames,
  whyForeign,
} from './table/index.ts';

/** "MRcl" */
const APPLICATION = 0x4d52636c;

/** One transaction, whose flush they share. @see bench/outbox */
const BATCH = { messages: 1_000, bytes: 4 * 1024 * 1024 };

const HOLDS: Holds = { time: [-Infinity, Infinity], payload: () => true };

/**
 * A SQLite file that keeps messages by their key: a repeat changes nothing. It is written through the storage room (WAL,
 * synchronous FULL), so that a batch counts as sent when it is on disk; others may read the file meanwhile.
 */
export const connectSqlite: Sender<SqliteTarget> = async ({ file, table }, { userDir, clock, warn }) => {
  const names = tableNames(table);
  const tables = createTables(names);
  const store = await clock.hold(
    openStore({
      file: resolve(userDir, file),
      application: APPLICATION,
      migrations: [tables],
      access: 'shared',
      salvage: [names.messages, names.gaps],
    }),
  );
  if (store.warning) warn?.(store.warning);
  try {
    // Another target may have begun the file, with tables of its own.
    await clock.hold(store.write(tables.map((sql) => ({ sql }))));
    await clock.hold(checkForm(store, names));
  } catch (error) {
    await store.close();
    throw error;
  }
  const connection: Connection = {
    most: BATCH,
    window: 1,
    async send(batch) {
      const { messages, gaps } = rowsOf(batch, file, HOLDS);
      await clock.hold(store.write([insertMessages(names, messages), insertGaps(names, gaps)]));
    },
    close: () => store.close(),
  };
  return connection;
};

const createTables = ({ messages, gaps }: TableNames): string[] => [
  `CREATE TABLE IF NOT EXISTS ${messages} (
     gateway TEXT NOT NULL, stream TEXT NOT NULL, sequence INTEGER NOT NULL,
     time NUMERIC NOT NULL, id TEXT, topic TEXT, payload TEXT, message TEXT NOT NULL,
     PRIMARY KEY (gateway, stream, sequence))`,
  `CREATE TABLE IF NOT EXISTS ${gaps} (
     gateway TEXT NOT NULL, stream TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
     reason TEXT NOT NULL, time NUMERIC NOT NULL,
     PRIMARY KEY (gateway, stream, first, last))`,
];

const insert = (table: string, columns: readonly string[]) =>
  `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`;

const insertMessages = ({ messages: table }: TableNames, rows: readonly MessageRow[]): Statement => ({
  sql: insert(table, MESSAGE),
  rows: rows.map((row) => MESSAGE.map((column) => row[column])),
});

const insertGaps = ({ gaps: table }: TableNames, rows: readonly GapRow[]): Statement => ({
  sql: insert(table, GAP),
  rows: rows.map((row) => GAP.map((column) => row[column])),
});

/** @throws TABLE_FOREIGN */
async function checkForm(store: Store, names: TableNames): Promise<void> {
  await checkTable(store, names.messages, MESSAGE, ['gateway', 'stream', 'sequence']);
  await checkTable(store, names.gaps, GAP, ['gateway', 'stream', 'first', 'last']);
}

async function checkTable(store: Store, table: string, names: readonly string[], key: readonly string[]) {
  const rows = await store.read(`PRAGMA table_info(${table})`);
  const columns: TableColumn[] = rows.map((row) => ({
    name: String(row['name']),
    key: Number(row['pk']) > 0,
    needed: Number(row['notnull']) === 1 && row['dflt_value'] === null,
  }));
  const reason = whyForeign(columns, names, key);
  if (reason !== undefined) throw errors.TABLE_FOREIGN({ table, reason });
}

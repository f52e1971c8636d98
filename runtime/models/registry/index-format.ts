import type { Migration } from '../../storage/index.ts';

/** SQLite's `application_id` of an index of models: `MrMo`. */
export const APPLICATION = 0x4d724d6f;

/**
 * What folders cannot say: when a version came, which one an alias names, what was measured here. The files are the
 * truth of what there is: without this index every version can still be used by its number.
 *
 * `change.count` grows when versions, aliases or notes change, whoever changes them, and not with measurements.
 */
export const migrations: readonly Migration[] = [
  [
    `CREATE TABLE versions (digest TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, added INTEGER NOT NULL,
       UNIQUE (name, version)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE notes (digest TEXT PRIMARY KEY, note TEXT NOT NULL) STRICT, WITHOUT ROWID`,
    `CREATE TABLE aliases (name TEXT NOT NULL, alias TEXT NOT NULL, digest TEXT NOT NULL, version TEXT NOT NULL,
       moved INTEGER NOT NULL, PRIMARY KEY (name, alias)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE moves (id INTEGER PRIMARY KEY, name TEXT NOT NULL, alias TEXT NOT NULL, digest TEXT, version TEXT,
       moved INTEGER NOT NULL) STRICT`,
    `CREATE TABLE facts (digest TEXT PRIMARY KEY, machine TEXT NOT NULL) STRICT, WITHOUT ROWID`,
    `CREATE TABLE change (count INTEGER NOT NULL) STRICT`,
    `INSERT INTO change VALUES (0)`,
    ...['versions', 'notes', 'aliases'].flatMap((table) =>
      ['INSERT', 'UPDATE', 'DELETE'].map(
        (event) =>
          `CREATE TRIGGER ${table}_${event.toLowerCase()} AFTER ${event} ON ${table}
             BEGIN UPDATE change SET count = count + 1; END`,
      ),
    ),
  ],
];

/** What is carried over from a damaged index. */
export const SALVAGED: readonly string[] = ['versions', 'notes', 'aliases', 'moves', 'facts'];

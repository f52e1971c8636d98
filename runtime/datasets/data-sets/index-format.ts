import type { Migration } from '../../storage/index.ts';

/** SQLite's `application_id` of the index of a data set: `MrDs`. */
export const APPLICATION = 0x4d724473;

/**
 * `examples` is what there is; the values of one lie in `waiting` until a chunk takes them. `run` is the group. `change.edits`
 * grows where an example is altered or goes, and not where one comes. `arriving` are the rows of an import that has not
 * landed yet.
 */
export const migrations: readonly Migration[] = [
  [
    `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`,
    `CREATE TABLE change (edits INTEGER NOT NULL) STRICT`,
    `INSERT INTO change VALUES (0)`,
    `CREATE TABLE examples (id INTEGER PRIMARY KEY AUTOINCREMENT, label ANY, time REAL, source TEXT NOT NULL,
       run TEXT NOT NULL, digest BLOB NOT NULL, added REAL NOT NULL, chunk INTEGER, row INTEGER) STRICT`,
    `CREATE INDEX examples_label ON examples (label)`,
    `CREATE INDEX examples_run ON examples (run)`,
    `CREATE INDEX examples_chunk ON examples (chunk)`,
    `CREATE TABLE waiting (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT`,
    `CREATE TABLE batches (token TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
    `CREATE TABLE chunks (id INTEGER PRIMARY KEY, rows INTEGER NOT NULL, bytes INTEGER NOT NULL, digest TEXT NOT NULL) STRICT`,
    `CREATE TABLE versions (digest TEXT PRIMARY KEY, time REAL NOT NULL, note TEXT NOT NULL, examples INTEGER NOT NULL,
       bytes INTEGER NOT NULL, file TEXT NOT NULL) STRICT`,
    `CREATE TABLE version_chunks (version TEXT NOT NULL, chunk INTEGER NOT NULL, PRIMARY KEY (version, chunk)) STRICT`,
    `CREATE INDEX version_chunks_chunk ON version_chunks (chunk)`,
    `CREATE TABLE arrivals (token TEXT PRIMARY KEY, started REAL NOT NULL) STRICT, WITHOUT ROWID`,
    `CREATE TABLE arriving (token TEXT NOT NULL, place INTEGER NOT NULL, label ANY, time REAL, source TEXT NOT NULL,
       run TEXT NOT NULL, digest BLOB NOT NULL, chunk INTEGER NOT NULL, row INTEGER NOT NULL,
       PRIMARY KEY (token, place)) STRICT, WITHOUT ROWID`,
  ],
];

/** What is carried over from a damaged index: tables that have a rowid. */
export const SALVAGED: readonly string[] = ['meta', 'examples', 'waiting', 'chunks', 'versions', 'version_chunks'];

/** Of `meta`. */
export const META = { shape: 'shape', recipe: 'recipe' } as const;

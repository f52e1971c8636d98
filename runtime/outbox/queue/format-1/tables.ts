import type { Migration } from '../../../storage/index.ts';

/**
 * Format 1. A record is one message for one destination; `previous` is the sequence that this destination got before
 * it in the stream, so that a record which is missing shows. A mark is how far a stream has come at a destination,
 * `appended` or `acknowledged`.
 */
export const migrations: readonly Migration[] = [
  [
    `CREATE TABLE record (
       id INTEGER PRIMARY KEY,
       destination TEXT NOT NULL,
       stream TEXT NOT NULL,
       sequence INTEGER NOT NULL,
       previous INTEGER NOT NULL,
       time INTEGER NOT NULL,
       bytes INTEGER NOT NULL,
       crc INTEGER NOT NULL,
       body TEXT NOT NULL
     ) STRICT`,
    'CREATE INDEX record_by_destination ON record (destination, id)',
    `CREATE TABLE mark (
       id INTEGER PRIMARY KEY,
       kind TEXT NOT NULL,
       destination TEXT NOT NULL,
       stream TEXT NOT NULL,
       sequence INTEGER NOT NULL,
       crc INTEGER NOT NULL,
       UNIQUE (kind, destination, stream)
     ) STRICT`,
    'CREATE TABLE setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT',
  ],
];

import type { Migration } from '../../storage/index.ts';
import { migrations as first } from './format-1/tables.ts';

/** "MROB" in ASCII: the application id of an outbox file. */
export const APPLICATION = 0x4d524f42;

/** Tables whose rows carry their own checksum, and are worth carrying over from a damaged file. */
export const SALVAGED = ['chunk', 'note', 'dead', 'gap', 'record', 'mark'] as const;

/**
 * Tables whose rows are looked for even where the way to them is damaged. A chunk that had been removed lies before its
 * cursor, and goes again; notes are not among them, for an old one would say what is no longer true.
 */
export const RESCUED = ['chunk', 'dead'] as const;

/** Small pages: a message that comes alone costs the flash a quarter of what SQLite's own 4,096 bytes would. */
export const PAGE_BYTES = 1024;

/**
 * Format 2. A chunk is up to a thousand messages of one destination and lane; its id begins with the lane's number. A note
 * is how far something has come. Every row carries a checksum over all that it says, also over its id: SQLite does not
 * notice a flipped bit. What format 1 kept stays in its tables until it has been turned into chunks.
 */
export const migrations: readonly Migration[] = [
  ...first,
  [
    `CREATE TABLE chunk (
       id INTEGER PRIMARY KEY,
       expires INTEGER,
       head BLOB NOT NULL,
       crc INTEGER NOT NULL,
       body BLOB
     ) STRICT`,
    'CREATE INDEX chunk_by_expiry ON chunk (expires) WHERE expires IS NOT NULL',
    'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL, crc INTEGER NOT NULL) STRICT',
    `CREATE TABLE dead (
       id INTEGER PRIMARY KEY AUTOINCREMENT,
       destination TEXT NOT NULL,
       head TEXT NOT NULL,
       crc INTEGER NOT NULL,
       body TEXT NOT NULL
     ) STRICT`,
    'CREATE INDEX dead_by_destination ON dead (destination, id)',
    'CREATE TABLE gap (id INTEGER PRIMARY KEY, text TEXT NOT NULL, crc INTEGER NOT NULL) STRICT',
  ],
];

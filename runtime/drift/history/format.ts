import type { Migration } from '../../storage/index.ts';

/** "MrDr" in ASCII: the application id of a file with the past of drift. */
export const APPLICATION = 0x4d724472;

/**
 * Format 1. A stream is what one node watches: its line in the list, its picture as JSON, and its state as `state-text.ts` writes
 * it; large arrays of a state lie in pieces, so that a reference that was learned is not written anew with each save.
 * A point is one evaluation (`span` 0), or the largest of so many ms; its body holds the features that its layout names. An
 * event is one message that left the node. Every row carries the CRC-32 of what it says.
 */
export const migrations: readonly Migration[] = [
  [
    `CREATE TABLE stream (id INTEGER PRIMARY KEY, node TEXT NOT NULL UNIQUE, time REAL NOT NULL,
       line TEXT NOT NULL, line_crc INTEGER NOT NULL, picture TEXT NOT NULL, picture_crc INTEGER NOT NULL,
       state TEXT NOT NULL, state_crc INTEGER NOT NULL) STRICT`,
    `CREATE TABLE piece (id INTEGER PRIMARY KEY, stream INTEGER NOT NULL, digest TEXT NOT NULL, body BLOB NOT NULL,
       UNIQUE (stream, digest)) STRICT`,
    `CREATE TABLE layout (id INTEGER PRIMARY KEY, stream INTEGER NOT NULL, features TEXT NOT NULL, crc INTEGER NOT NULL,
       UNIQUE (stream, features)) STRICT`,
    `CREATE TABLE point (id INTEGER PRIMARY KEY, stream INTEGER NOT NULL, layout INTEGER NOT NULL, span INTEGER NOT NULL,
       time REAL NOT NULL, body BLOB NOT NULL, crc INTEGER NOT NULL) STRICT`,
    'CREATE INDEX point_by_time ON point (stream, span, time)',
    `CREATE TABLE event (id INTEGER PRIMARY KEY, stream INTEGER NOT NULL, time REAL NOT NULL, payload TEXT NOT NULL,
       crc INTEGER NOT NULL) STRICT`,
    'CREATE INDEX event_by_stream ON event (stream, id)',
  ],
];

/** What is carried over from a damaged file. */
export const SALVAGED: readonly string[] = ['stream', 'piece', 'layout', 'point', 'event'];

/** Tables whose rows belong to a stream. */
export const OWNED = ['piece', 'layout', 'point', 'event'] as const;

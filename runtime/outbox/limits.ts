import { defineLimit } from '../base/index.ts';

/** Far beyond what the bytes allow: for whoever wants to count in messages. */
export const outboxMessages = defineLimit('outbox_messages', 10_000_000, 'Messages refused because too many wait');

export const outboxBytes = defineLimit(
  'outbox_bytes',
  256 * 1024 * 1024,
  'Messages refused because too many bytes wait',
);

/** As JSON. Brokers have limits of their own: AWS IoT takes 128 kB. */
export const messageBytes = defineLimit(
  'upload_message_bytes',
  1024 * 1024,
  'Messages refused because they are too large',
);

/** Larger chunks write less to the disk; smaller ones lose less where a chunk is damaged. */
export const chunkMessages = defineLimit('outbox_chunk_messages', 1_000, 'Not counted: the next chunk is begun');

/** Characters; MQTT topics hold 65,535 bytes, directory names of later receivers far less. */
export const STREAM_LENGTH = 200;

/** Of one CSV or Parquet document. */
export const documentColumns = defineLimit(
  'document_columns',
  500,
  'Fields of payloads written into the column "rest" because their document has as many columns as it may have',
);

export const ledgerGaps = defineLimit(
  'outbox_ledger_gaps',
  100_000,
  'Old gaps that the ledger has forgotten, and with them what it says of their streams up to there',
);

/** Every stream keeps its last number for ever, or it would be given twice. */
export const streams = defineLimit(
  'outbox_streams',
  100_000,
  'Messages refused because their stream is new and there are too many streams',
);

export const deadLetters = defineLimit(
  'outbox_dead_letters',
  10_000,
  'Messages that a destination refused and that could not be laid aside, because too many are already',
);

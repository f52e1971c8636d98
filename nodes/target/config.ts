import { z } from 'zod';
import { type Palette, settings } from '../../runtime/messages/index.ts';
import {
  BUILT_IN_PORT,
  COMPRESSIONS,
  fieldRule,
  FORMATS,
  OBJECT_NAME,
  TABLE,
  TARGET_TYPES,
  TOPIC,
  WHEN_FULL,
} from '../../runtime/outbox/schema.ts';

/** What the outbox takes of a destination: how all the settings of a kind are checked together. */
export { target as destination } from '../../runtime/outbox/schema.ts';
export { TARGET_PLACES } from '../../runtime/messages/index.ts';

export const palette = { category: 'config' } satisfies Palette;

/** When a schedule sends. `own` is written as cron has it. */
export const SCHEDULES = ['hour', 'night', 'own'] as const;

/** A header that is sent with every request. `{token}` in its value stands for the token, which is kept secret. */
export const header = z.object({
  name: z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'the name of a header, such as X-Api-Key'),
  value: z.string().regex(/^[^\r\n\0]*$/, 'one line'),
});

export const config = z.object({
  name: settings.text(),
  kind: settings.choice(TARGET_TYPES, 'built-in'),

  // Of the built-in broker.
  port: settings.integer({ default: BUILT_IN_PORT, min: 1, max: 65_535 }),

  // Of an MQTT broker; the topic also of the built-in one.
  url: settings.text('mqtt://localhost:1883'),
  topic: settings.text(TOPIC),
  /** Empty: made of the gateway's id and the target's. */
  clientId: settings.text(),
  version: settings.choice(['3.1.1', '5'], '3.1.1'),
  /** Asked for in the TLS handshake; empty: what the provider at this address wants. */
  alpn: settings.text(),
  /** Kilobytes of one message, messages without an acknowledgement, messages a second; 0: as the broker or its provider says. */
  messageSize: settings.number({ default: 0, min: 0 }),
  inFlight: settings.integer({ default: 0, min: 0, max: 65_535 }),
  messageRate: settings.number({ default: 0, min: 0 }),

  // Of a web address.
  webhook: settings.text(),
  method: settings.choice(['POST', 'PUT'], 'POST'),
  headers: settings.list(header, []),

  // Of an object store.
  /** Empty: Amazon's own. */
  endpoint: settings.text(),
  bucket: settings.text(),
  region: settings.text('us-east-1'),
  pathStyle: settings.flag(true),

  // Of databases.
  database: settings.text('postgres://localhost:5432/postgres'),
  databaseFile: settings.text('cloud.sqlite'),
  table: settings.text(TABLE),
  timescale: settings.flag(false),

  // Of files in a folder; what they are called also of objects in a store.
  folder: settings.text('uploads'),
  object: settings.text(OBJECT_NAME),
  /** Megabytes that the folder may hold; 0: nothing is removed. */
  keepSize: settings.number({ default: 0, min: 0 }),

  // Of the kinds that send documents.
  format: settings.choice(FORMATS, 'jsonl'),
  compression: settings.choice(COMPRESSIONS, 'none'),

  // Of encrypted connections: PEM texts. The private key is a credential.
  ca: settings.text(),
  certificate: settings.text(),

  // When it is sent.
  when: settings.choice(['each', 'batch', 'schedule'], 'each'),
  batchMessages: settings.integer({ default: 1_000, min: 1, max: 100_000 }),
  /** Kilobytes. */
  batchSize: settings.number({ default: 1_024, min: 1 }),
  batchSeconds: settings.number({ default: 60, min: 0 }),
  schedule: settings.choice(SCHEDULES, 'night'),
  /** Of `own`. */
  cron: settings.text('0 2 * * *'),
  /** Megabytes; 0: no bound. */
  perHour: settings.number({ default: 0, min: 0 }),
  /** Kilobytes; 0: no bound. */
  perSecond: settings.number({ default: 0, min: 0 }),

  // How much may wait.
  whenFull: settings.choice(WHEN_FULL, 'reject'),
  /** Megabytes; 0: as much as the whole outbox may hold. */
  room: settings.number({ default: 0, min: 0 }),

  protect: settings.list(fieldRule, []),
});

export type TargetConfig = z.output<typeof config>;

/** Never part of the settings. */
export const credentials = ['username', 'password', 'token', 'accessKeyId', 'secretAccessKey', 'privateKey'] as const;

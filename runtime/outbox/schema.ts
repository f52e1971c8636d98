/** What may be set of a target and of what is sent to it: tables and schemas only, safe in the browser. */
import { z } from 'zod';
import { fieldRule } from '../keys/schema.ts';

export { fieldRule, PROTECTIONS } from '../keys/schema.ts';
export type { FieldRule as Protection } from '../keys/schema.ts';

export const TARGET_TYPES = ['built-in', 'mqtt', 'https', 's3', 'postgres', 'sqlite', 'files'] as const;
export type TargetType = (typeof TARGET_TYPES)[number];

/** The destination of upload nodes for which no target was chosen. */
export const BUILT_IN_ID = 'built-in';

/** Beside 1883, so that a broker which runs on the machine already is not in the way. */
export const BUILT_IN_PORT = 1885;

/** `{stream}` stands for the stream's name, `{gateway}` for the gateway's id. */
export const TOPIC = 'millrace/{stream}';

export const DEFAULT_STREAM = 'readings';

/**
 * The priority lanes, the most urgent first. Alarms overtake everything; `live` is telemetry; `bulk` is what may wait, and
 * what is sent again: it gets the smaller share while there is live data, and never nothing.
 */
export const LANES = ['alarm', 'live', 'bulk'] as const;
export type Lane = (typeof LANES)[number];

/** Which share of a quota the lane may fill: room is kept for what is more urgent. */
export const LANE_SHARE: Readonly<Record<Lane, number>> = { alarm: 1, live: 0.9, bulk: 0.5 };

/** What happens to a new message when the quota is used up: it is refused, or the oldest that waits make room. */
export const WHEN_FULL = ['reject', 'drop-oldest'] as const;
export type WhenFull = (typeof WHEN_FULL)[number];

export const FORMATS = ['json', 'jsonl', 'csv', 'parquet'] as const;
export type Format = (typeof FORMATS)[number];

export const COMPRESSIONS = ['none', 'gzip', 'zstd'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/** The address of a destination, without its secrets: they have fields of their own, where they are kept secret. */
function address(protocols: readonly string[], example: string, need: 'must' | 'or none' = 'must') {
  return z.string().check((context) => {
    const { value, issues } = context;
    const wrong = (message: string) => void issues.push({ code: 'custom', input: value, message });
    if (value === '') return need === 'must' ? wrong(`is missing; it looks like ${example}`) : undefined;
    if (!URL.canParse(value)) return wrong(`is no address; one looks like ${example}`);
    const url = new URL(value);
    if (!protocols.includes(url.protocol))
      return wrong(`must begin with ${protocols.map((p) => `${p}//`).join(' or ')}`);
    if (url.hostname === '') return wrong('names no host');
    if (url.username !== '' || url.password !== '') {
      wrong('holds a user name or a password: they belong into their own fields, where they are kept secret');
    }
  });
}

/** Where messages are published. */
const topic = z
  .string()
  .min(1)
  .regex(/^[^+#\0]*$/, '“+” and “#” are for subscribers')
  .default(TOPIC);

/** Five fields in the gateway's own time zone, as cron has them. */
const cron = z
  .string()
  .refine(isCron, 'is no schedule: five fields, as “0 2 * * *” for two every night')
  .default('0 2 * * *');

/** Smallest and largest of minute, hour, day of the month, month and day of the week. */
const CRON_FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

function isCron(text: string): boolean {
  const fields = text.trim().split(/\s+/);
  return (
    fields.length === CRON_FIELDS.length &&
    CRON_FIELDS.every(([least, most], index) =>
      (fields[index] ?? '').split(',').every((part) => isPart(part, least, most)),
    )
  );
}

function isPart(part: string, least: number, most: number): boolean {
  const [, from, to, step] = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part) ?? ['none'];
  if (part === '' || (from === undefined && !part.startsWith('*'))) return false;
  const bounds = [from, to].filter((bound) => bound !== undefined).map(Number);
  const inside = bounds.every((bound) => bound >= least && bound <= most);
  return inside && (to === undefined || Number(from) <= Number(to)) && (step === undefined || Number(step) >= 1);
}

/** When what waits is sent. Alarms are never held back by a batch or a schedule. */
export const sending = z.object({
  /** `each`: as they come. `batch`: when one of the bounds is reached. `schedule`: at the times of `cron`. */
  when: z.enum(['each', 'batch', 'schedule']).default('each'),
  /** A batch is full at so many messages, … */
  messages: z.number().int().min(1).max(100_000).default(1_000),
  /** … at so many bytes of JSON, … */
  bytes: z
    .number()
    .int()
    .min(1)
    .default(1024 * 1024),
  /** … or when its oldest message is so old. */
  seconds: z.number().min(0).default(60),
  /** `0 2 * * *` is at two every night. */
  cron,
  /** A metered link: so many bytes in any hour, 0 for no bound. */
  bytesPerHour: z.number().int().min(0).default(0),
  /** 0 for no bound. */
  bytesPerSecond: z.number().int().min(0).default(0),
});
export type Sending = z.output<typeof sending>;

/** What every kind of target has. */
const common = {
  sending: sending.prefault({}),
  whenFull: z.enum(WHEN_FULL).default('reject'),
  /** What may wait for this target, bytes on disk; 0: as much as the whole outbox may hold. */
  maxBytes: z.number().int().min(0).default(0),
  /** What becomes of named fields before anything is stored, in this order. @see runtime/keys */
  protect: z.array(fieldRule).default([]),
};

/** How a batch becomes one document: of the kinds that send documents. */
const document = {
  format: z.enum(FORMATS).default('jsonl'),
  compression: z.enum(COMPRESSIONS).default('none'),
};

/** PEM texts of an encrypted connection: whom we trust beside the usual authorities, and who we are. */
const certificates = {
  ca: z.string().default(''),
  certificate: z.string().default(''),
  privateKey: z.string().default(''),
};

export const builtInTarget = z.object({
  ...common,
  type: z.literal('built-in'),
  port: z.number().int().min(0).max(65_535).default(BUILT_IN_PORT),
  topic,
});

export const mqttTarget = z.object({
  ...common,
  ...certificates,
  type: z.literal('mqtt'),
  url: address(['mqtt:', 'mqtts:', 'ws:', 'wss:'], 'mqtts://broker.example:8883'),
  topic,
  version: z.enum(['3.1.1', '5']).default('3.1.1'),
  /** Empty: made of the gateway's id and the destination's. */
  clientId: z.string().default(''),
  username: z.string().default(''),
  password: z.string().default(''),
  /** Asked for in the TLS handshake: `x-amzn-mqtt-ca` for AWS IoT Core at port 443. */
  alpn: z.string().default(''),
  /** What the broker takes in one message, bytes; 0: as much as an MQTT 5 broker says. AWS IoT Core takes 131,072. */
  maxMessageBytes: z.number().int().min(0).default(0),
  /** Without an acknowledgement at a time; 0: 256, or fewer where an MQTT 5 broker says so. AWS IoT Core takes 100. */
  maxInFlight: z.number().int().min(0).max(65_535).default(0),
  /** 0: no bound. AWS IoT Core takes 100 and throws the others away. What is 0 or empty is set by itself there. */
  messagesPerSecond: z.number().min(0).default(0),
});

/** Further headers: not those that describe the body, which are the sender's. */
const headerName = z
  .string()
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is not the name of a header')
  .refine((name) => !OWN_HEADERS.test(name), 'is set by the sender itself');
const OWN_HEADERS = /^(host|content-(type|length|encoding)|transfer-encoding|connection|idempotency-key)$/i;
const headerValue = z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'holds a character that no header may hold');

export const httpsTarget = z.object({
  ...common,
  ...document,
  ...certificates,
  type: z.literal('https'),
  /** `http://…` in one's own network only. */
  url: address(['https:', 'http:'], 'https://cloud.example/in'),
  method: z.enum(['POST', 'PUT']).default('POST'),
  /** Sent as `Authorization: Bearer …`. */
  token: z.string().default(''),
  username: z.string().default(''),
  password: z.string().default(''),
  /** Further headers. */
  headers: z.record(headerName, headerValue).default({}),
});

/** Where a batch lies in a folder or bucket. `{date}` is the day of its first message, UTC, as 2026-11-21. */
export const OBJECT_NAME = '{gateway}/{date}/{batch}';

const objectName = z
  .string()
  .refine((name) => name.includes('{batch}'), 'must hold {batch}: else one batch would take the place of another')
  .refine((name) => !name.split('/').some((part) => ['', '.', '..'].includes(part)), 'must stay within its folder')
  .default(OBJECT_NAME);

export const s3Target = z.object({
  ...common,
  ...document,
  type: z.literal('s3'),
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/i, 'must have 3 to 63 letters, digits, dots or hyphens')
    .prefault(''),
  /** Empty: Amazon's own. */
  endpoint: address(['https:', 'http:'], 'https://storage.example', 'or none').default(''),
  region: z.string().default('us-east-1'),
  /** The bucket in the path and not in the host's name, as most own installations want it. */
  pathStyle: z.boolean().default(true),
  accessKeyId: z.string().default(''),
  secretAccessKey: z.string().default(''),
  object: objectName,
});

export const TABLE = 'millrace_messages';

/** Quoted by nobody, so that it can be asked for as it stands here. */
const table = z
  .string()
  .regex(/^[a-z_][a-z0-9_]{0,49}(\.[a-z_][a-z0-9_]{0,49})?$/i, 'must be of letters, digits and “_”')
  .default(TABLE);

export const postgresTarget = z.object({
  ...common,
  ...certificates,
  type: z.literal('postgres'),
  /** Host, port and database. */
  url: address(['postgres:', 'postgresql:'], 'postgres://db.example:5432/sensors'),
  username: z.string().default(''),
  password: z.string().default(''),
  table,
  /** The time is part of the table's key, as TimescaleDB's hypertables want it. */
  timescale: z.boolean().default(false),
});

export const sqliteTarget = z.object({
  ...common,
  type: z.literal('sqlite'),
  /** A relative path is taken from the user directory. */
  file: z.string().min(1).default('cloud.sqlite'),
  table,
});

export const filesTarget = z.object({
  ...common,
  ...document,
  type: z.literal('files'),
  /** A relative path is taken from the user directory. */
  folder: z.string().min(1).default('uploads'),
  file: objectName,
  /** The oldest files make room when the folder has more bytes; 0: nothing is ever removed. */
  keepBytes: z.number().int().min(0).default(0),
});

export const target = z.discriminatedUnion('type', [
  builtInTarget,
  mqttTarget,
  httpsTarget,
  s3Target,
  postgresTarget,
  sqliteTarget,
  filesTarget,
]);
/** As it may be written: what is left out has a default. */
export type TargetSettings = z.input<typeof target>;
export type Target = z.output<typeof target>;
export type BuiltInTarget = z.output<typeof builtInTarget>;
export type MqttTarget = z.output<typeof mqttTarget>;
export type HttpsTarget = z.output<typeof httpsTarget>;
export type S3Target = z.output<typeof s3Target>;
export type PostgresTarget = z.output<typeof postgresTarget>;
export type SqliteTarget = z.output<typeof sqliteTarget>;
export type FilesTarget = z.output<typeof filesTarget>;

/** Receivers that keep messages in a table by their key: a message that has a key keeps it on its way there. */
export const TABLE_TYPES: readonly TargetType[] = ['postgres', 'sqlite'];

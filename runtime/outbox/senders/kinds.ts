/** The kinds of destination: how each is named in messages, and who sends to it. A new kind is a row here and a file. */
import type { Target, TargetType } from '../schema.ts';
import type { Sender } from './sender.ts';

type TargetOf<T extends TargetType> = Extract<Target, { type: T }>;

export interface Kind<Settings> {
  /** Where it sends, without secrets. */
  readonly address: (target: Settings) => string;
  /** Loads the sender when it is first needed, with the client library it stands on. */
  readonly load: () => Promise<Sender<Settings>>;
}

export const KINDS: { readonly [T in TargetType]: Kind<TargetOf<T>> } = {
  'built-in': {
    address: ({ port }) => `127.0.0.1:${port}`,
    load: async () => (await import('./built-in-broker.ts')).connectBuiltInBroker,
  },
  mqtt: {
    address: withoutQuery,
    load: async () => (await import('./mqtt.ts')).connectMqtt,
  },
  https: {
    address: withoutQuery,
    load: async () => (await import('./https.ts')).connectHttps,
  },
  s3: {
    address: ({ endpoint, bucket }) => `${endpoint || 's3'}/${bucket}`,
    load: async () => (await import('./s3.ts')).connectS3,
  },
  postgres: {
    address: withoutQuery,
    load: async () => (await import('./postgres.ts')).connectPostgres,
  },
  sqlite: {
    address: ({ file }) => file,
    load: async () => (await import('./sqlite.ts')).connectSqlite,
  },
  files: {
    address: ({ folder }) => folder,
    load: async () => (await import('./files.ts')).connectFiles,
  },
};

/** The row of a target. */
export const kindOf = (target: Target): Kind<Target> => KINDS[target.type] as unknown as Kind<Target>;

/** What stands behind the "?" of an address is often a password: of a webhook, of a signed WebSocket, of a database. */
function withoutQuery({ url }: { readonly url: string }): string {
  return url.replace(/[?#].*$/, '');
}

import type { TargetSettings } from '../../runtime/outbox/index.ts';
import type { TargetConfig } from './config.ts';

type Credentials = Readonly<Record<string, string>>;

const KILOBYTE = 1024;
const MEGABYTE = 1024 ** 2;

/** What the outbox is told of a target. An emptied text that has a default means the default. */
export function targetOf(config: TargetConfig, credentials: Credentials): TargetSettings {
  const common = {
    sending: sendingOf(config),
    whenFull: config.whenFull,
    maxBytes: bytes(config.room, MEGABYTE),
    protect: config.protect,
  };
  const { kind } = config;
  const document = { format: config.format, compression: config.compression };
  const { username = '', password = '', privateKey = '' } = credentials;
  const signIn = { username, password };
  const certificates = { ca: config.ca, certificate: config.certificate, privateKey };
  switch (kind) {
    case 'built-in':
      return { ...common, type: kind, port: config.port, ...filled({ topic: config.topic }) };
    case 'mqtt': {
      const { url, clientId, version, topic, alpn, inFlight: maxInFlight, messageRate: messagesPerSecond } = config;
      const limits = { maxMessageBytes: bytes(config.messageSize, KILOBYTE), maxInFlight, messagesPerSecond };
      const broker = { type: kind, url, clientId, version, alpn: alpn.trim(), ...limits, ...filled({ topic }) };
      return { ...common, ...certificates, ...signIn, ...broker };
    }
    case 'https': {
      const { webhook: url, method } = config;
      const headed = headersOf(config, credentials['token'] ?? '');
      return { ...common, ...certificates, ...document, ...signIn, ...headed, type: kind, url, method };
    }
    case 's3': {
      const { endpoint, bucket, region, pathStyle, object } = config;
      const { accessKeyId = '', secretAccessKey = '' } = credentials;
      const own = { endpoint, bucket, pathStyle, accessKeyId, secretAccessKey, ...filled({ region, object }) };
      return { ...common, ...document, type: kind, ...own };
    }
    case 'postgres': {
      const { database: url, timescale, table } = config;
      return { ...common, ...certificates, ...signIn, type: kind, url, timescale, ...filled({ table }) };
    }
    case 'sqlite':
      return { ...common, type: kind, ...filled({ file: config.databaseFile, table: config.table }) };
    case 'files': {
      const { folder, object: file, keepSize } = config;
      return { ...common, ...document, type: kind, keepBytes: bytes(keepSize, MEGABYTE), ...filled({ folder, file }) };
    }
  }
}

const CRON = { hour: '0 * * * *', night: '0 2 * * *' } as const;

function sendingOf(config: TargetConfig) {
  const { when, batchMessages, batchSize, batchSeconds, schedule, cron, perHour, perSecond } = config;
  return {
    when,
    messages: batchMessages,
    bytes: bytes(batchSize, KILOBYTE),
    seconds: batchSeconds,
    // What is folded away must not stop the target.
    ...(when === 'schedule' && { cron: schedule === 'own' ? cron : CRON[schedule] }),
    bytesPerHour: bytes(perHour, MEGABYTE),
    bytesPerSecond: bytes(perSecond, KILOBYTE),
  };
}

/** A token goes where a header asks for it, else as it is usual. */
function headersOf({ headers }: TargetConfig, token: string) {
  const asked = headers.some(({ value }) => value.includes('{token}'));
  const entries = headers.map(({ name, value }) => [name, value.replaceAll('{token}', token)] as const);
  return { headers: Object.fromEntries(entries), token: asked ? '' : token };
}

/** However small, a bound stays a bound: 0 would be none. */
const bytes = (amount: number, unit: number): number => Math.ceil(amount * unit);

/** The texts that are not empty. */
function filled<K extends string>(texts: Readonly<Record<K, string>>): { readonly [P in K]?: string } {
  const kept = Object.entries<string>(texts).filter(([, text]) => text.trim() !== '');
  return Object.fromEntries(kept) as { readonly [P in K]?: string };
}

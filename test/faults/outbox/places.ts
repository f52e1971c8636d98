/** Real servers to send to, each reached through a network that can be broken, and how what they hold is read. */
import { createServer, type Server } from 'node:net';
import { connectAsync, type MqttClient } from 'mqtt';
import { BUILT_IN_ID } from '../../../runtime/outbox/schema.ts';
import type { WireMessage } from '../../../runtime/messages/index.ts';
import type { TargetSettings } from '../../../runtime/outbox/index.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { startMosquitto } from '../../support/mosquitto.ts';
import { startPostgres } from '../../support/postgres.ts';
import { S3_KEYS, startS3 } from '../../support/s3.ts';

export interface Place {
  /** The destination's id. */
  readonly id: string;
  readonly settings: TargetSettings;
  /** With which the server lets nobody in; a server without a sign-in has none. */
  readonly wrong: TargetSettings | undefined;
  /** The network before it; the built-in broker has none. */
  readonly proxy: FaultProxy | undefined;
  /** As if its machine had been switched off; what it has acknowledged stays. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** What it has now. Of brokers, what a client of theirs heard. */
  received(): Promise<readonly WireMessage[]>;
  close(): Promise<void>;
}

/** Hears everything that a broker hands on. */
async function listenTo(url: string, options: { readonly username?: string; readonly password?: string } = {}) {
  const heard: WireMessage[] = [];
  let client: MqttClient | undefined;
  const close = async () => {
    await client?.endAsync(true);
    client = undefined;
  };
  return {
    heard,
    close,
    async open() {
      await close();
      client = await connectAsync(url, { ...options, reconnectPeriod: 0 }, false);
      client.on('error', () => undefined);
      client.on('message', (_topic, body) => heard.push(JSON.parse(body.toString()) as WireMessage));
      await client.subscribeAsync('millrace/#', { qos: 1 });
    },
  };
}

export async function mosquittoPlace(): Promise<Place> {
  const account = { username: 'gateway', password: 'right' };
  // It hands on at once what it takes: what it has acknowledged when it is killed, its client has.
  const config = ['max_inflight_messages 0'];
  const server = await startMosquitto({ users: { [account.username]: account.password }, config });
  const proxy = await startFaultProxy(server.port);
  const settings = { type: 'mqtt', url: `mqtt://127.0.0.1:${proxy.port}`, ...account } as const;
  const listener = await listenTo(server.url, account);
  await listener.open();
  return {
    ...{ id: 'mosquitto', proxy, settings, wrong: { ...settings, password: 'wrong' } },
    kill: () => server.kill(),
    async start() {
      // Nobody sends before the listener is there again.
      await proxy.refuse();
      await server.restart();
      await listener.open();
      await proxy.heal();
    },
    received: () => Promise.resolve(listener.heard),
    async close() {
      await listener.close();
      await proxy.close();
      await server.close();
    },
  };
}

export async function postgresPlace(): Promise<Place> {
  const server = await startPostgres();
  const proxy = await startFaultProxy(server.port);
  const { username, password } = server;
  const settings = {
    type: 'postgres' as const,
    ...{ username, password, url: `postgres://127.0.0.1:${proxy.port}/postgres` },
  };
  return {
    ...{ id: 'postgres', proxy, settings, wrong: { ...settings, password: 'wrong' } },
    kill: () => server.stop('immediate'),
    start: () => server.start(),
    async received() {
      const rows = await server.query(
        'SELECT gateway, stream, sequence, payload FROM millrace_messages ORDER BY sequence',
      );
      const gaps = await server.query('SELECT gateway, stream, first, last, reason FROM millrace_messages_gaps');
      const key = ({ gateway, stream, sequence, last }: Record<string, unknown>) =>
        ({ gateway: String(gateway), stream: String(stream), sequence: Number(sequence ?? last) }) as const;
      return [
        ...rows.map((row) => ({ key: key(row), payload: row['payload'] })),
        ...gaps.map((row) => ({
          key: key(row),
          gap: { first: Number(row['first']), last: Number(row['last']), reason: String(row['reason']) },
        })),
      ];
    },
    async close() {
      await proxy.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

export async function s3Place(): Promise<Place> {
  const server = await startS3();
  const proxy = await startFaultProxy(server.port);
  const settings = {
    type: 's3' as const,
    ...{ bucket: 'plant', endpoint: `http://127.0.0.1:${proxy.port}`, ...S3_KEYS },
    // An object for each message would be too many.
    sending: { when: 'batch' as const, seconds: 1 },
  };
  return {
    ...{ id: 's3', proxy, settings, wrong: { ...settings, accessKeyId: 'wrong' } },
    kill: () => server.stop(),
    start: () => server.start(),
    async received() {
      const objects = await server.objects();
      // Batches are named in their order; the folders before them by the day on the wall, which a test may change.
      const batch = (name: string) => name.slice(name.lastIndexOf('/') + 1);
      return [...objects.keys()]
        .sort((a, b) => (batch(a) < batch(b) ? -1 : 1))
        .flatMap((name) => (objects.get(name)?.toString() ?? '').split('\n').filter((line) => line !== ''))
        .map((line) => JSON.parse(line) as WireMessage);
    },
    async close() {
      await proxy.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/**
 * Its outage: something else has its port.
 *
 * @returns with `listen`, to be called until it is true: somebody has subscribed
 */
export async function builtInPlace(): Promise<Place & { listen(): Promise<boolean> }> {
  const port = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
  let other: Server | undefined;
  const listener = await listenTo(`mqtt://127.0.0.1:${port}`);
  return {
    ...{ id: BUILT_IN_ID, proxy: undefined, wrong: undefined, settings: { type: 'built-in', port } },
    kill: () =>
      new Promise((resolve, reject) => {
        other = createServer((socket) => socket.destroy());
        other.once('error', reject).listen(port, () => resolve());
      }),
    start: () => new Promise((resolve) => (other ? other.close(() => resolve()) : resolve())),
    listen: () =>
      listener.open().then(
        () => true,
        () => false,
      ),
    received: () => Promise.resolve(listener.heard),
    async close() {
      await listener.close();
      other?.close();
    },
  };
}

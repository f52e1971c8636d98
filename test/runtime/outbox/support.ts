import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aedes } from 'aedes';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { type Gap, gap, wireMessage, type WireMessage } from '../../../runtime/messages/index.ts';
import { openOutbox, type OutboxOptions } from '../../../runtime/outbox/index.ts';

/** A directory that is gone after the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-outbox-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** An outbox that is closed after the test. */
export function outboxIn(directory: string, options: Partial<OutboxOptions> = {}) {
  const outbox = openOutbox({ directory, gateway: 'gateway-1', clock: systemClock, ...options });
  onTestFinished(() => outbox.close());
  return outbox;
}

/** A port on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

export interface Received extends Record<string, unknown> {
  readonly topic: string;
  readonly message: WireMessage;
}

/**
 * A real MQTT broker that keeps what it has acknowledged.
 *
 * @param password without it every client is refused
 */
export async function startBroker({ port = 0, password = '', onMessage = (_: Received) => {} } = {}) {
  const received: Received[] = [];
  const clients: string[] = [];
  const sockets = new Set<Socket>();
  const aedes = await Aedes.createBroker({
    authenticate: (_client, _user, given, done) => {
      if (password === '' || given?.toString() === password) return done(null, true);
      done(Object.assign(new Error('no'), { returnCode: 4 }), false);
    },
    authorizePublish: (_client, packet, done) => {
      const one = { topic: packet.topic, message: wireMessage.parse(JSON.parse(packet.payload.toString())) };
      received.push(one);
      onMessage(one);
      done(null);
    },
  });
  aedes.on('client', ({ id }) => clients.push(id));
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    aedes.handle(socket);
  });
  const bound = await listen(server, port);
  let closing: Promise<void> | undefined;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => aedes.close(() => resolve()));
  };
  const broker = {
    port: bound,
    url: `mqtt://127.0.0.1:${bound}`,
    received,
    /** The client id of every connection so far. */
    clients,
    /** As if the machine had been switched off. */
    kill: () => (closing ??= close()),
  };
  onTestFinished(() => broker.kill());
  return broker;
}

/** The payloads of a stream by sequence; a repeat must be the same message. */
export function bySequence(received: readonly Received[], stream: string): Map<number, unknown> {
  const messages = new Map<number, unknown>();
  for (const { message } of received) {
    if (message.key.stream !== stream || !('payload' in message)) continue;
    const { sequence } = message.key;
    if (messages.has(sequence) && JSON.stringify(messages.get(sequence)) !== JSON.stringify(message.payload)) {
      throw new Error(`two messages have the key ${stream}/${sequence}`);
    }
    messages.set(sequence, message.payload);
  }
  return messages;
}

/** The numbers 1 to `last`. */
export const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

/** The gaps that were announced. */
export const gapsIn = (received: readonly Received[]): Gap[] =>
  received.flatMap(({ message }) => ('gap' in message ? [gap.parse(message.gap)] : []));

import { createServer, type Server, type Socket } from 'node:net';
import type { Aedes } from 'aedes';
import { errors } from '../errors.ts';
import { keepPacketsSmall } from './mqtt-packets.ts';

/** A subscriber that takes nothing for this long is cut off, so that it cannot hold up the others, ms. */
const DRAIN_TIMEOUT = 10_000;

/** An MQTT broker in this process, reached on the loopback address. */
export interface Broker {
  /** Resolves when the broker has taken the message and handed it to the subscribers. */
  publish(topic: string, payload: string): Promise<void>;
  /** Resolves when somebody has subscribed since the broker was started. */
  readonly audience: Promise<void>;
  close(): Promise<void>;
}

/**
 * Listens before the broker itself is loaded, so that clients which start with us find the port open.
 *
 * @throws BROKER_PORT_IN_USE, BROKER_NOT_STARTED
 */
export async function startBroker(port: number): Promise<Broker> {
  const sockets = new Set<Socket>();
  const early: Socket[] = [];
  let take = (socket: Socket): unknown => early.push(socket);
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    take(socket);
  });
  keepPacketsSmall();
  await listen(server, port);
  const { Aedes } = await import('aedes');
  const aedes = await Aedes.createBroker({ drainTimeout: DRAIN_TIMEOUT });
  take = (socket) => aedes.handle(socket);
  early.forEach(take);
  const audience = new Promise<void>((resolve) => aedes.once('subscribe', () => resolve()));

  return {
    audience,
    publish: (topic, payload) =>
      new Promise((resolve, reject) => {
        const packet = { cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false } as const;
        aedes.publish(packet, (error) => (error ? reject(error) : resolve()));
      }),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await closeAedes(aedes);
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

const closeAedes = (aedes: Aedes) => new Promise<void>((resolve) => aedes.close(() => resolve()));

async function listen(server: Server, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw errors.BROKER_PORT_IN_USE({ port }, { cause: thrown });
    throw errors.BROKER_NOT_STARTED({ port, reason: message }, { cause: thrown });
  }
}

import { createHash } from 'node:crypto';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { errors } from '../errors.ts';
import type { MqttTarget } from '../schema.ts';
import { addressOf } from './address.ts';
import type { Connection, Outgoing, Sender, SenderContext } from './sender.ts';
import { topicOf } from './topic.ts';

/** Messages under way at a time: enough for a slow link, few enough to send again. */
const WINDOW = 100;

/** Until the broker's CONNACK, ms. */
const CONNECT_TIMEOUT = 10_000;

/** After this silence the client asks whether the broker is still there, s. */
const KEEP_ALIVE = 30;

/** CONNACK return codes that mean: not with these names. @see MQTT 3.1.1, table 3.1 */
const REFUSED = new Set([2, 4, 5]);

/**
 * MQTT 3.1.1 with QoS 1: a message counts as sent when its PUBACK has come.
 *
 * The client library's own memory of unacknowledged messages and its reconnecting are switched off: every connection
 * is a fresh client with a clean session, and the outbox sends again, from disk.
 */
export const connectMqtt: Sender<MqttTarget> = async (target, context) => {
  const address = addressOf(target);
  const client = connect(target.url, clientOptions(target, context));
  await connected(client, address, context.signal);

  let over = false;
  const end = (reason: string) => {
    if (over) return;
    over = true;
    client.end(true);
    context.lost(errors.DESTINATION_UNREACHABLE({ address, reason }));
  };
  client.on('error', (error) => end(error.message));
  client.on('disconnect', () => end('the broker closed the connection'));
  client.on('close', () => end('the connection was lost'));

  const publish = ({ stream, body }: Outgoing) =>
    client.publishAsync(topicOf(target.topic, { stream, gateway: context.gateway }), body, { qos: 1 });

  const connection: Connection = {
    most: { messages: 1, bytes: Infinity },
    window: WINDOW,
    async send({ messages }) {
      await context.clock.hold(Promise.all(messages.map(publish)));
    },
    async close() {
      over = true;
      await client.endAsync(true);
    },
  };
  return connection;
};

function clientOptions(target: MqttTarget, { gateway, destination }: SenderContext): IClientOptions {
  return {
    clientId: target.clientId || clientIdOf(gateway, destination),
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: CONNECT_TIMEOUT,
    keepalive: KEEP_ALIVE,
    protocolVersion: 4,
    resubscribe: false,
    ...(target.username !== '' && { username: target.username }),
    ...(target.password !== '' && { password: target.password }),
  };
}

/**
 * A broker ends the older of two connections with one client id. Brokers must take 23 characters, too few for both ids
 * whole, and cut ones collide. @see MQTT 3.1.1, 3.1.3.1 and 3.1.4
 */
function clientIdOf(gateway: string, destination: string): string {
  return `mr-${createHash('sha256').update(`${gateway}\n${destination}`).digest('hex').slice(0, 20)}`;
}

async function connected(client: MqttClient, address: string, signal: AbortSignal): Promise<void> {
  let failure: unknown;
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      // An address that does not answer shows as an error and then a close, a timeout as a close alone.
      client.on('error', reject);
      client.once('close', () => reject(new Error('no answer')));
      signal.addEventListener('abort', () => reject(new Error('given up')), { once: true });
    });
    return;
  } catch (thrown) {
    failure = thrown;
  } finally {
    client.removeAllListeners('connect').removeAllListeners('close');
    if (failure === undefined) client.removeAllListeners('error');
  }
  // The listener for errors stays: a client that is being ended may still have one to tell.
  client.end(true);
  const reason = reasonOf(failure);
  if (REFUSED.has(codeOf(failure))) throw errors.DESTINATION_REFUSED({ address, reason }, { cause: failure });
  throw errors.DESTINATION_UNREACHABLE({ address, reason }, { cause: failure });
}

const codeOf = (failure: unknown) => Number((failure as { code?: unknown } | null)?.code ?? 0);

// Where a name has several addresses Node reports all failures together, with an empty message.
function reasonOf(failure: unknown): string {
  if (failure instanceof AggregateError) return failure.errors.map(reasonOf).join('; ');
  return failure instanceof Error ? failure.message : String(failure);
}

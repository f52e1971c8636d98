import { createHash } from 'node:crypto';
import { connect, type IClientOptions, type IConnackPacket, type MqttClient } from 'mqtt';
import type { MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import type { MqttTarget } from '../schema.ts';
import { addressOf } from './address.ts';
import { type Answer, blameOf, connackError, disconnectReason, foreignPuback, pubackError } from './mqtt-reasons.ts';
import { type Connection, MessagesRefused, type Outgoing, type Sender, type SenderContext } from './sender.ts';
import { keepPacketsSmall } from './mqtt-packets.ts';
import { withProvider } from './mqtt-providers.ts';
import { createPace } from './pace.ts';
import { createSlots } from './slots.ts';
import { connectionError, tlsOptions } from './tls.ts';
import { topicOf } from './topic.ts';

/** Messages without a PUBACK at a time, if nobody says otherwise: enough for a slow link, few enough to send again. */
const IN_FLIGHT = 256;

/**
 * What is at hand, batches and messages of each: twice as many messages as are in flight, so that each PUBACK lets the next
 * one out. A client that has to wait for a whole batch meets Nagle's algorithm at the broker and 40 ms of delayed
 * acknowledgement at its own end: 2,000 messages a second instead of 20,000.
 */
export const WINDOW = 4;
export const BATCH = 128;

/** Where so many messages a second are allowed, a batch is of what goes out in so many ms. */
const SLICE = 250;

/** Until the broker's CONNACK, ms. */
const CONNECT_TIMEOUT = 10_000;

/** After this silence the client asks whether the broker is still there, s. */
const KEEP_ALIVE = 30;

/** Beside topic and body: fixed header, lengths, packet identifier, properties. @see MQTT 5, 3.3 */
const PACKET_BYTES = 5 + 2 + 2 + 1;

/** Brokers may close the connection at these, with everything that waits behind. @see MQTT 5, 1.5.4 */
const UNWANTED = /[\p{Cc}\p{Noncharacter_Code_Point}]/u;

/**
 * MQTT 3.1.1 or 5 with QoS 1: a message counts as sent when its PUBACK has come.
 *
 * The client library's own memory of unacknowledged messages and its reconnecting are switched off: every connection
 * is a fresh client with a clean session, and the outbox sends again, from disk.
 */
export const connectMqtt: Sender<MqttTarget> = async (given, context) => {
  const target = withProvider(given);
  const address = addressOf(target);
  keepPacketsSmall();
  const client = connect(target.url, clientOptions(target, context));
  const granted = await connected(client, target, context.signal);
  const underWay = createSlots(Math.min(target.maxInFlight || IN_FLIGHT, granted.receiveMaximum ?? Infinity));
  const rate = target.messagesPerSecond || Infinity;
  const pace = createPace(context.clock, rate);

  let over: MillraceError | undefined;
  /** What is told of a failure, with the number of its messages. */
  const waiting = new Map<(error: Error) => void, number>();
  let closed = false;
  let ended: Promise<void> | undefined;
  // A client that is ended a second time, or whose connection is closed already, never says that it has ended.
  const endClient = () => (ended ??= closed ? Promise.resolve(void client.end(true)) : client.endAsync(true));
  /** @param blame what is wrong with a message, where that is why the broker closed the connection */
  const end = (error: MillraceError, blame?: string) => {
    if (over) return;
    over = error;
    const alone = waiting.size === 1 && [...waiting.values()][0] === 1;
    const refused =
      blame === undefined ? undefined : new MessagesRefused(errors.MESSAGE_REFUSED({ address, reason: blame }));
    for (const reject of waiting.keys()) reject((alone && refused) || error);
    void endClient();
    // What is refused is to be noted before the connection counts as lost.
    setImmediate(() => context.lost(error));
  };
  const lost = (reason: string, blame?: string) => end(errors.DESTINATION_UNREACHABLE({ address, reason }), blame);
  client.on('error', (error) => end(connectionError(address, error), foreignPuback(error)));
  client.on('disconnect', ({ reasonCode }) => lost(disconnectReason(reasonCode), blameOf(reasonCode)));
  client.on('close', () => {
    closed = true;
    lost('the connection was lost');
  });

  /** Why the broker would not take it, and would perhaps close the connection for it. */
  const fault = (topic: string, body: string): string | undefined => {
    if (UNWANTED.test(topic)) return `its topic "${topic}" holds a control character`;
    const bytes = Buffer.byteLength(body);
    const most = Math.min(
      target.maxMessageBytes || Infinity,
      (granted.maximumPacketSize ?? Infinity) - PACKET_BYTES - Buffer.byteLength(topic),
    );
    return bytes > most ? `it has ${bytes} bytes, at most ${most} are allowed` : undefined;
  };

  const publish = (messages: readonly Outgoing[]) =>
    new Promise<void>((resolve, reject) => {
      const refused = new Map<number, MillraceError>();
      let again: MillraceError | undefined;
      let left = messages.length;
      const settled = (index: number, answer?: Answer) => {
        if (answer?.final) refused.set(index, answer.error);
        else if (answer) again ??= answer.error;
        left -= 1;
        if (left > 0) return;
        waiting.delete(reject);
        const [reason] = refused.values();
        if (again) reject(again);
        else if (reason) reject(new MessagesRefused(reason, [...refused.keys()], 'taken'));
        else resolve();
      };
      waiting.set(reject, messages.length);
      if (over) return reject(over);
      messages.forEach(({ stream, body }, index) => {
        const topic = topicOf(target.topic, { stream, gateway: context.gateway });
        const reason = fault(topic, body);
        if (reason !== undefined) {
          settled(index, { error: errors.MESSAGE_REFUSED({ address, reason }), final: true });
          return;
        }
        underWay.enter(() => {
          client.publish(topic, body, { qos: 1 }, (error) => {
            underWay.leave();
            settled(index, error ? pubackError(address, topic, error) : undefined);
          });
        });
      });
    });

  const connection: Connection = {
    most: { messages: Math.max(1, Math.min(BATCH, Math.floor((rate * SLICE) / 1000))), bytes: Infinity },
    window: WINDOW,
    async send({ messages }) {
      await pace.turn(messages.length);
      await context.clock.hold(publish(messages));
    },
    async close() {
      pace.end();
      over ??= errors.OUTBOX_CLOSED({ stream: context.destination });
      for (const reject of waiting.keys()) reject(over);
      await endClient();
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
    protocolVersion: target.version === '5' ? 5 : 4,
    resubscribe: false,
    ...tlsOptions(target),
    ...(target.alpn !== '' && { ALPNProtocols: [target.alpn] }),
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

interface Granted {
  /** How many messages may be unacknowledged. */
  readonly receiveMaximum?: number;
  /** Bytes of a whole packet. */
  readonly maximumPacketSize?: number;
}

/** Waits for the broker's CONNACK. @returns what the broker allows, as far as MQTT 5 lets it say so */
async function connected(client: MqttClient, target: MqttTarget, signal: AbortSignal): Promise<Granted> {
  const address = addressOf(target);
  const done = new AbortController();
  let failure: unknown;
  // The library keeps quiet about what a TLS stream has to say after its handshake: that our certificate is refused.
  let told: Error | undefined;
  client.stream.on('error', (error: Error) => (told ??= error));
  try {
    const { properties } = await new Promise<IConnackPacket>((resolve, reject) => {
      client.once('connect', resolve);
      // An address that does not answer shows as an error and then a close, a timeout as a close alone.
      client.on('error', reject);
      client.once('close', () => reject(told ?? new Error('no answer')));
      signal.addEventListener('abort', () => reject(new Error('given up')), { once: true, signal: done.signal });
    });
    if (properties?.maximumQoS !== 0) return properties ?? {};
    failure = new Error('it takes QoS 0 only, which acknowledges nothing');
  } catch (thrown) {
    failure = thrown;
  } finally {
    done.abort();
    client.removeAllListeners('connect').removeAllListeners('close');
    if (failure === undefined) client.removeAllListeners('error');
  }
  // The listener for errors stays: a client that is being ended may still have one to tell.
  client.end(true);
  throw connackError(address, target.version, failure) ?? connectionError(address, failure);
}

import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { type AddressInfo, connect } from 'node:net';
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Clock, systemClock } from '../../../../runtime/base/index.ts';
import { checkTarget } from '../../../../runtime/outbox/check-target.ts';
import type { MqttTarget } from '../../../../runtime/outbox/schema.ts';
import { withProvider } from '../../../../runtime/outbox/senders/mqtt-providers.ts';
import { createPace } from '../../../../runtime/outbox/senders/pace.ts';
import type { TargetSettings } from '../../../../runtime/outbox/index.ts';
import { type Batch, MessagesRefused } from '../../../../runtime/outbox/senders/index.ts';
import { batchesOf, batchWith, failureOf, message, open, sendAll } from '../../../conformance/senders/support.ts';
import { makeAuthority } from '../../../support/certificates.ts';
import { type MosquittoOptions, mosquittoMissing, startMosquitto } from '../../../support/mosquitto.ts';
import { freePort, outboxIn, startBroker, temporaryDirectory } from '../support.ts';
import { startScriptedBroker } from './scripted-broker.ts';

const soon = { timeout: 60_000, interval: 20 };

const authority = makeAuthority();
const stranger = makeAuthority('nobody knows it');
const server = authority.sign('localhost');
const gateway = authority.sign('gateway-1', ['DNS:gateway-1']);

const mosquitto = async (options: MosquittoOptions = {}) => {
  const broker = await startMosquitto(options);
  onTestFinished(() => broker.close());
  return broker;
};

describe.skipIf(mosquittoMissing)('mqtt over TLS', () => {
  const url = (port: number, host = 'localhost') => `mqtts://${host}:${port}`;

  it('shows its certificate to a broker that wants one', async () => {
    const broker = await mosquitto({ tls: { ...server, ca: authority.ca } });
    const target = { type: 'mqtt', url: url(broker.port), ca: authority.ca } as const;
    expect(await failureOf({ ...target, ...gateway })).toBeUndefined();
    expect(await failureOf(target)).toMatchObject({
      code: 'DESTINATION_REFUSED',
      message: expect.stringMatching(/client certificate/) as string,
    });
    const other = stranger.sign('gateway-1');
    expect(await failureOf({ ...target, ...other })).toMatchObject({
      code: 'DESTINATION_REFUSED',
      message: expect.stringMatching(/authority of our certificate/) as string,
    });
    const old = authority.sign('gateway-1', undefined, { expired: true });
    expect(await failureOf({ ...target, ...old })).toMatchObject({
      code: 'DESTINATION_REFUSED',
      message: expect.stringMatching(/our certificate has expired/) as string,
    });
  });

  it('trusts no broker that cannot prove who it is, and says what to do', async () => {
    const broker = await mosquitto({ tls: server });
    const target = { type: 'mqtt', url: url(broker.port) } as const;
    expect(await failureOf(target)).toMatchObject({
      code: 'DESTINATION_UNTRUSTED',
      hint: expect.stringMatching(/authority/) as string,
    });
    expect(await failureOf({ ...target, ca: stranger.ca })).toMatchObject({ code: 'DESTINATION_UNTRUSTED' });
    expect(await failureOf({ ...target, ca: authority.ca })).toBeUndefined();

    const elsewhere = await mosquitto({ tls: authority.sign('broker', ['DNS:broker.example']) });
    expect(await failureOf({ ...target, url: url(elsewhere.port), ca: authority.ca })).toMatchObject({
      code: 'DESTINATION_UNTRUSTED',
      message: expect.stringMatching(/broker\.example/) as string,
      hint: expect.stringMatching(/name/) as string,
    });
    const old = await mosquitto({ tls: authority.sign('localhost', undefined, { expired: true }) });
    expect(await failureOf({ ...target, url: url(old.port), ca: authority.ca })).toMatchObject({
      code: 'DESTINATION_UNTRUSTED',
      message: expect.stringMatching(/expired/) as string,
      hint: expect.stringMatching(/Renew/) as string,
    });
    const plain = await mosquitto();
    expect(await failureOf({ ...target, url: url(plain.port) })).toMatchObject({
      code: 'DESTINATION_UNREACHABLE',
    });
  });

  it('asks in its handshake for the protocol that the target names', async () => {
    const broker = await mosquitto();
    const asked: unknown[] = [];
    const front = createTlsServer(
      { cert: server.certificate, key: server.privateKey, ALPNProtocols: ['x-amzn-mqtt-ca'] },
      (socket: TLSSocket) => {
        asked.push(socket.alpnProtocol);
        const back = connect(broker.port, '127.0.0.1');
        socket.pipe(back).pipe(socket);
        socket.on('error', () => back.destroy());
        back.on('error', () => socket.destroy());
      },
    );
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void front.close());
    const { port } = front.address() as AddressInfo;
    const target = { type: 'mqtt', url: url(port), ca: authority.ca, alpn: 'x-amzn-mqtt-ca' } as const;
    expect(await failureOf(target)).toBeUndefined();
    expect(asked).toEqual(['x-amzn-mqtt-ca']);
  });
});

describe.skipIf(mosquittoMissing)('mqtt and what a broker does not take', () => {
  const hearing = async (broker: { readonly url: string }) => {
    const reader = await connectAsync(broker.url);
    onTestFinished(() => reader.endAsync(true));
    const heard: unknown[] = [];
    reader.on('message', (_, body) => heard.push((JSON.parse(body.toString()) as { payload: unknown }).payload));
    await reader.subscribeAsync('#', { qos: 1 });
    return heard;
  };
  const refusal = async (settings: TargetSettings, sent: Batch) => {
    const { connection } = await open(settings);
    const refused: unknown = await connection.send(sent).catch((thrown: unknown) => thrown);
    // What was refused does not cost the connection.
    await connection.send({ ...batchWith('later'), name: 'live-000000000001-000009' });
    return refused;
  };

  it('names the messages that are too large for an MQTT 5 broker, and delivers the others', async () => {
    const broker = await mosquitto({ config: ['max_packet_size 5000'] });
    const heard = await hearing(broker);
    const refused = await refusal(
      { type: 'mqtt', url: broker.url, version: '5' },
      batchWith('a', 'x'.repeat(6_000), 'b'),
    );
    expect(refused).toBeInstanceOf(MessagesRefused);
    expect(refused).toMatchObject({ indices: [1], rest: 'taken', reason: { code: 'MESSAGE_REFUSED' } });
    await vi.waitFor(() => expect(heard).toEqual(['a', 'b', 'later']), soon);
  });

  it('finds the message for which a broker closes the connection, when it is under way alone', async () => {
    const broker = await mosquitto({ config: ['message_size_limit 4000'] });
    const target = { type: 'mqtt', url: broker.url, version: '5' } as const;
    const sent = batchWith('a', 'x'.repeat(6_000), 'b');
    const one = await open(target);
    await expect(one.connection.send(sent)).rejects.toMatchObject({ code: 'DESTINATION_UNREACHABLE' });
    await one.lost;
    const two = await open(target);
    const alone = two.connection.send({ ...sent, messages: sent.messages.slice(1, 2) });
    await expect(alone).rejects.toBeInstanceOf(MessagesRefused);
    const broken = await startScriptedBroker({});
    const three = await open({ ...target, url: broken.url });
    const last = three.connection.send(batchWith('a'));
    broken.say(0xe0, 2, 0x95, 0);
    await expect(last).rejects.toMatchObject({ reason: { message: expect.stringMatching(/too large/) as string } });
  });

  it('sends the others of a stream when one of it is refused so, and keeps that one as a dead letter', async () => {
    const broker = await mosquitto({ config: ['message_size_limit 4000'] });
    const heard = await hearing(broker);
    const outbox = outboxIn(await temporaryDirectory());
    const cloud = outbox.destination('cloud', { type: 'mqtt', url: broker.url, version: '5' });
    for (const payload of ['a', 'x'.repeat(6_000), 'b']) await cloud.put('pump', { payload });
    await vi.waitFor(() => expect(cloud.state()).toMatchObject({ depth: 0, dead: 1 }), soon);
    expect([...new Set(heard)]).toEqual(['a', 'b']);
  });

  it('keeps to the size in the target, for brokers that only close the connection', async () => {
    const broker = await mosquitto();
    const heard = await hearing(broker);
    const refused = await refusal(
      { type: 'mqtt', url: broker.url, maxMessageBytes: 500 },
      batchWith('é'.repeat(220), 'a'),
    );
    expect(refused).toMatchObject({
      indices: [0],
      reason: { message: expect.stringMatching(/has 5\d\d bytes, at most 500/) as string },
    });
    await vi.waitFor(() => expect(heard).toEqual(['a', 'later']), soon);
  });

  it('does not lose a connection to a stream’s name that brokers close it for', async () => {
    const broker = await mosquitto();
    const heard = await hearing(broker);
    const sent = { ...batchWith('a'), messages: [message('pump\u0007', 1, 'a'), message('fan', 1, 'b')] };
    const refused = await refusal({ type: 'mqtt', url: broker.url }, sent);
    expect(refused).toMatchObject({
      indices: [0],
      reason: { message: expect.stringMatching(/control character/) as string },
    });
    await vi.waitFor(() => expect(heard).toEqual(['b', 'later']), soon);
  });

  it('keeps the messages for a topic on which it may not publish', async () => {
    const broker = await mosquitto({ acl: ['topic write elsewhere/#'] });
    const target = { type: 'mqtt', url: broker.url, version: '5' } as const;
    const failure = await failureOf(target);
    expect(failure).toMatchObject({
      code: 'DESTINATION_FORBIDDEN',
      message: expect.stringMatching(/millrace\/pump/) as string,
    });
    expect(failure).not.toBeInstanceOf(MessagesRefused);
    expect(await failureOf({ ...target, topic: 'elsewhere/{stream}' })).toBeUndefined();
  });

  it('notices that another took its place (mosquitto does not say so)', async () => {
    const broker = await mosquitto();
    const target = { type: 'mqtt', url: broker.url, version: '5', clientId: 'one-and-only' } as const;
    const { connection, lost } = await open(target);
    await connection.send(batchWith('a'));
    await open(target);
    expect(await lost).toMatchObject({ code: 'DESTINATION_UNREACHABLE' });
  });

  it.each([
    [0x8b, 'shutting down'],
    [0x8e, 'same client id'],
  ])('says why its broker ended the connection (0x%x)', async (code, words) => {
    const broker = await startScriptedBroker({});
    const { lost } = await open({ type: 'mqtt', url: broker.url, version: '5' });
    broker.say(0xe0, 2, code, 0);
    expect(await lost).toMatchObject({
      code: 'DESTINATION_UNREACHABLE',
      message: expect.stringContaining(words) as string,
    });
  });

  it('notices that its broker was killed, and reaches it when it is back', async () => {
    const broker = await mosquitto();
    const target = { type: 'mqtt', url: broker.url } as const;
    const { connection, lost } = await open(target);
    await connection.send(batchWith('a'));
    await broker.kill();
    expect(await lost).toMatchObject({ code: 'DESTINATION_UNREACHABLE' });
    await expect(connection.send(batchWith('b'))).rejects.toMatchObject({ code: 'DESTINATION_UNREACHABLE' });
    await broker.restart();
    expect(await failureOf(target)).toBeUndefined();
  });
});

describe('mqtt and its version', () => {
  it('says which version a broker speaks that does not know 5', async () => {
    const broker = await startBroker();
    const failure = await failureOf({ type: 'mqtt', url: broker.url, version: '5' });
    expect(failure).toMatchObject({
      code: 'DESTINATION_UNREACHABLE',
      message: expect.stringMatching(/does not speak MQTT 5: choose 3\.1\.1/) as string,
    });
  });

  it('tells what a broker will never take from what it takes later', async () => {
    const never = await startScriptedBroker({ puback: (n) => (n === 1 ? 0x99 : 0) });
    const one = await open({ type: 'mqtt', url: never.url, version: '5' });
    const refused = await one.connection.send(batchWith('a', 'b', 'c')).catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject({ name: 'MessagesRefused', indices: [1], rest: 'taken' });
    expect(never.keepAlive).toBe(30);

    const busy = await startScriptedBroker({ puback: (n) => (n === 1 ? 0x97 : 0) });
    const two = await open({ type: 'mqtt', url: busy.url, version: '5' });
    await expect(two.connection.send(batchWith('a', 'b', 'c'))).rejects.toMatchObject({ code: 'DESTINATION_BUSY' });
    // Also where one is refused for good: what is to come again comes again, and that one with it.
    const both = await startScriptedBroker({ puback: (n) => [0x99, 0x97, 0][n] });
    const three = await open({ type: 'mqtt', url: both.url, version: '5' });
    await expect(three.connection.send(batchWith('a', 'b', 'c'))).rejects.toMatchObject({ code: 'DESTINATION_BUSY' });
    // 16: nobody has subscribed, which is no failure.
    const alone = await startScriptedBroker({ puback: () => 16 });
    const four = await open({ type: 'mqtt', url: alone.url, version: '5' });
    await four.connection.send(batchWith('a'));
  });

  it.each([
    [0x86, 'DESTINATION_REFUSED'],
    [0x87, 'DESTINATION_REFUSED'],
    [0x89, 'DESTINATION_BUSY'],
    [0x9d, 'DESTINATION_MISSING'],
    [0x84, 'DESTINATION_UNREACHABLE'],
  ])('understands a sign-in that is answered with 0x%x', async (connack, code) => {
    const broker = await startScriptedBroker({ connack });
    expect(await failureOf({ type: 'mqtt', url: broker.url, version: '5' })).toMatchObject({ code });
  });

  it('acknowledges nothing at a broker that takes everything and answers nothing', async () => {
    const broker = await startScriptedBroker({});
    const opened = await open({ type: 'mqtt', url: broker.url, version: '5' });
    let acknowledged = false;
    void sendAll(opened, batchesOf([message('pump', 1, 1)], opened.connection)).then(
      (sent) => (acknowledged = sent.acknowledged.length > 0),
    );
    broker.say(0xe0, 2, 0x8b, 0);
    expect(await opened.lost).toMatchObject({
      code: 'DESTINATION_UNREACHABLE',
      message: expect.stringMatching(/shutting down/) as string,
    });
    expect(acknowledged).toBe(false);
  });

  it('has no more in flight, and sends no more in a second, than the target allows', async () => {
    let most = 0;
    let inFlight = 0;
    const broker = await startScriptedBroker({
      puback: () => {
        most = Math.max(most, (inFlight += 1));
        return undefined;
      },
    });
    const target = { type: 'mqtt', url: broker.url, version: '5', maxInFlight: 7 } as const;
    const { connection } = await open(target);
    void connection.send(batchWith(...Array.from({ length: 30 }, (_, n) => n))).catch(() => undefined);
    await vi.waitFor(() => expect(most).toBe(7), soon);
    const slow = await open({ ...target, messagesPerSecond: 40 });
    expect(slow.connection.most.messages).toBe(10);

    const pauses: number[] = [];
    const clock: Clock = {
      ...systemClock,
      monotonic: () => 0,
      after(delay, task) {
        pauses.push(delay);
        queueMicrotask(task);
        return { cancel: () => undefined };
      },
    };
    const pace = createPace(clock, 40);
    for (const _ of [1, 2, 3]) await pace.turn(10);
    expect(pauses).toEqual([250, 500]);
  });

  it('knows what AWS IoT Core and Azure IoT Hub take, where the target says nothing', () => {
    const at = (url: string, more: object = {}) => {
      const { alpn, maxMessageBytes, maxInFlight, messagesPerSecond } = withProvider(
        checkTarget({ type: 'mqtt', url, ...more }) as MqttTarget,
      );
      return [alpn, maxMessageBytes, maxInFlight, messagesPerSecond];
    };
    const aws = 'mqtts://a1b2-ats.iot.eu-central-1.amazonaws.com';
    expect(at(`${aws}:8883`)).toEqual(['', 131_072, 100, 100]);
    expect(at(`${aws}:443`)).toEqual(['x-amzn-mqtt-ca', 131_072, 100, 100]);
    expect(at(`${aws}:443`, { alpn: 'mqtt', messagesPerSecond: 20 })).toEqual(['mqtt', 131_072, 100, 20]);
    expect(at('mqtts://mill.azure-devices.net:8883')).toEqual(['', 262_144, 0, 0]);
    expect(at('mqtt://ec2-1-2-3-4.compute.amazonaws.com:1883')).toEqual(['', 0, 0, 0]);
  });

  it('gives up an attempt to connect when nobody wants it any more', async () => {
    const port = await freePort();
    expect(await failureOf({ type: 'mqtt', url: `mqtt://127.0.0.1:${port}` })).toMatchObject({
      code: 'DESTINATION_UNREACHABLE',
      message: expect.stringMatching(/ECONNREFUSED/) as string,
    });
  });
});

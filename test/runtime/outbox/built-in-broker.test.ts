import { createServer } from 'node:net';
import { connectAsync, type MqttClient } from 'mqtt';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { freePort, listen, outboxIn, temporaryDirectory, upTo } from './support.ts';

const soon = { timeout: 60_000, interval: 20 };

async function subscriber(port: number, topic = 'millrace/#') {
  const client: MqttClient = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 50 });
  onTestFinished(() => client.endAsync(true).then(() => undefined));
  const received: unknown[] = [];
  client.on('message', (at, body) =>
    received.push([at, (JSON.parse(body.toString()) as { payload: unknown }).payload]),
  );
  await client.subscribeAsync(topic, { qos: 1 });
  return received;
}

describe('the built-in broker', () => {
  it('hands messages to its subscribers, also those put before anybody had subscribed', async () => {
    const port = await freePort();
    const outbox = outboxIn(await temporaryDirectory());
    const cloud = outbox.destination('built-in', { type: 'built-in', port });
    await Promise.all(upTo(250).map((n) => cloud.put('pump', { payload: n })));
    await vi.waitFor(() => expect(cloud.state().connected).toBe(true), soon);
    expect(cloud.state().depth).toBe(250);

    const received = await subscriber(port);
    await vi.waitFor(() => expect(received).toEqual(upTo(250).map((n) => ['millrace/pump', n])), soon);
    await vi.waitFor(() => expect(cloud.state()).toMatchObject({ depth: 0, sent: 250 }), soon);
  });

  it('is open as soon as a target names it, to clients that start with the flow', async () => {
    const port = await freePort();
    const outbox = outboxIn(await temporaryDirectory());
    const cloud = outbox.destination('built-in', { type: 'built-in', port });
    await new Promise((resolve) => setImmediate(resolve));
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 }, false);
    await client.endAsync(true);
    await cloud.close();
    const server = createServer();
    await listen(server, port);
    await new Promise((resolve) => server.close(resolve));
  });

  it('is shared by the targets that name its port, and frees the port with the last of them', async () => {
    const port = await freePort();
    const outbox = outboxIn(await temporaryDirectory());
    const one = outbox.destination('one', { type: 'built-in', port });
    const two = outbox.destination('two', { type: 'built-in', port, topic: 'second/{gateway}/{stream}' });
    await one.put('a', { payload: 1 });
    await two.put('b', { payload: 2 });
    await vi.waitFor(() => expect([one.state().connected, two.state().connected]).toEqual([true, true]), soon);
    const received = await subscriber(port, '#');
    await vi.waitFor(() => expect(received).toHaveLength(2), soon);
    expect(received).toContainEqual(['second/gateway-1/b', 2]);

    await one.close();
    await two.put('b', { payload: 3 });
    await vi.waitFor(() => expect(received).toContainEqual(['second/gateway-1/b', 3]), soon);
    await outbox.close();
    const server = createServer();
    await listen(server, port);
    await new Promise((resolve) => server.close(resolve));
  });

  it('says that its port is in use, keeps the messages, and goes on when the port is free', async () => {
    const other = createServer();
    const port = await listen(other, 0);
    const outbox = outboxIn(await temporaryDirectory());
    const cloud = outbox.destination('built-in', { type: 'built-in', port });
    await Promise.all(upTo(5).map((n) => cloud.put('pump', { payload: n })));
    await vi.waitFor(() => expect(cloud.state().problem?.code).toBe('BROKER_PORT_IN_USE'), soon);
    expect(cloud.state().problem?.message).toContain(String(port));
    expect(cloud.state()).toMatchObject({ depth: 5, connected: false });

    await new Promise((resolve) => other.close(resolve));
    await vi.waitFor(() => expect(cloud.state().connected).toBe(true), soon);
    const received = await subscriber(port);
    await vi.waitFor(() => expect(received).toHaveLength(5), soon);
  });
});

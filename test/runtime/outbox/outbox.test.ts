import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Clock, metricsText, systemClock } from '../../../runtime/base/index.ts';
import { bySequence, freePort, listen, outboxIn, startBroker, temporaryDirectory, upTo } from './support.ts';

const soon = { timeout: 60_000, interval: 20 };

describe('the outbox', () => {
  it('brings every message to the destination once, in order, with its key', async () => {
    const broker = await startBroker();
    const outbox = outboxIn(await temporaryDirectory());
    const cloud = outbox.destination('cloud', { type: 'mqtt', url: broker.url });

    const keys = await Promise.all(upTo(300).map((n) => cloud.put('pump', { payload: n, time: 1_000 + n })));

    expect(keys[0]).toEqual({ gateway: 'gateway-1', stream: 'pump', sequence: 1 });
    expect(keys.map(({ sequence }) => sequence)).toEqual(upTo(300));
    await vi.waitFor(() => expect(cloud.state()).toMatchObject({ depth: 0, bytes: 0, sent: 300, oldestMs: 0 }), soon);
    expect(broker.received.map(({ message }) => message.key.sequence)).toEqual(upTo(300));
    expect(broker.received[6]).toEqual({
      topic: 'millrace/pump',
      message: { payload: 7, time: 1_007, key: { gateway: 'gateway-1', stream: 'pump', sequence: 7 } },
    });
  });

  it('holds one connection for each target, however alike their ids are', async () => {
    const broker = await startBroker();
    const outbox = outboxIn(await temporaryDirectory());
    const ids = ['0123456789abcde1', '0123456789abcde2'];
    const targets = ids.map((id) => outbox.destination(id, { type: 'mqtt', url: broker.url }));
    for (const n of upTo(3)) {
      await Promise.all(targets.map((target) => target.put('pump', { payload: n })));
      await vi.waitFor(() => expect(targets.map((target) => target.state().sent)).toEqual([n, n]), soon);
    }
    expect(new Set(broker.clients).size).toBe(2);
    expect(broker.clients).toHaveLength(2);
    expect(broker.clients.join()).toMatch(/^mr-[0-9a-f]{20},mr-[0-9a-f]{20}$/);
  });

  it('loses nothing when the broker dies in mid-stream and comes back', async () => {
    const first = await startBroker();
    const outbox = outboxIn(await temporaryDirectory());
    const cloud = outbox.destination('cloud', { type: 'mqtt', url: first.url });
    const puts: Promise<unknown>[] = [];
    for (const n of upTo(200)) {
      puts.push(cloud.put(n % 2 === 0 ? 'even' : 'odd', { payload: n }));
      if (n === 100) {
        await vi.waitFor(() => expect(first.received.length).toBeGreaterThan(20), soon);
        await first.kill();
      }
    }
    await Promise.all(puts);
    await vi.waitFor(() => expect(cloud.state().problem?.code).toBe('DESTINATION_UNREACHABLE'), soon);
    expect(cloud.state().depth).toBeGreaterThanOrEqual(100);

    const second = await startBroker({ port: first.port });
    await vi.waitFor(
      () => expect(cloud.state()).toMatchObject({ depth: 0, connected: true, problem: undefined }),
      soon,
    );

    const received = [...first.received, ...second.received];
    expect([...bySequence(received, 'even').values()]).toEqual(upTo(100).map((n) => 2 * n));
    expect([...bySequence(received, 'odd').values()]).toEqual(upTo(100).map((n) => 2 * n - 1));
    for (const broker of [first, second]) {
      const even = broker.received.filter(({ message }) => message.key.stream === 'even');
      const sequences = even.map(({ message }) => message.key.sequence);
      expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    }
  });

  it('keeps the backlog and the numbering through a restart, and through new settings of the target', async () => {
    const directory = await temporaryDirectory();
    const before = outboxIn(directory);
    const away = before.destination('cloud', { type: 'mqtt', url: `mqtt://127.0.0.1:${await freePort()}` });
    await Promise.all(upTo(5).map((n) => away.put('pump', { payload: n })));
    await away.close();
    await before.close();

    const broker = await startBroker();
    const after = outboxIn(directory);
    const cloud = after.destination('cloud', { type: 'mqtt', url: broker.url });
    expect(await cloud.put('pump', { payload: 6 })).toMatchObject({ sequence: 6 });
    await vi.waitFor(() => expect(cloud.state().depth).toBe(0), soon);
    expect([...bySequence(broker.received, 'pump')]).toEqual(upTo(6).map((n) => [n, n]));

    await after.close();
    const again = outboxIn(directory);
    expect(await again.put('cloud', 'pump', { payload: 7 })).toMatchObject({ sequence: 7 });
  });

  it('sends what waits from an earlier run, without a new message', async () => {
    const directory = await temporaryDirectory();
    const before = outboxIn(directory);
    await before.put('cloud', 'pump', { payload: 1 });
    await before.close();
    const broker = await startBroker();
    outboxIn(directory).destination('cloud', { type: 'mqtt', url: broker.url });
    await vi.waitFor(() => expect(broker.received).toHaveLength(1), soon);
  });

  it('keeps and reports a backlog that no node serves', async () => {
    const directory = await temporaryDirectory();
    const before = outboxIn(directory);
    await before.put('gone', 'pump', { payload: 1 });
    await before.close();

    const outbox = outboxIn(directory);
    await outbox.put('other', 'pump', { payload: 2 });
    const gone = outbox.destinations().find(({ id }) => id === 'gone');
    expect(gone).toMatchObject({ served: false, depth: 1 });
  });

  it('warns of a backlog that no node serves, but not at the nodes of others; and forgets what is empty', async () => {
    const broker = await startBroker();
    const { clock, pass } = patient();
    const outbox = outboxIn(await temporaryDirectory(), { clock });
    const told: string[] = [];
    outbox.onWarning(({ code }) => told.push(`at other: ${code}`), 'other');
    await outbox.put('gone', 'pump', { payload: 1 });
    const empty = outbox.destination('empty', { type: 'mqtt', url: broker.url });
    await empty.put('pump', { payload: 1 });
    await vi.waitFor(() => expect(empty.state().sent).toBe(1), soon);
    expect(metricsText()).toContain('millrace_outbox_depth{destination="empty"} 0');
    await empty.close();
    pass();
    expect(told).toEqual([]);
    outbox.onWarning(({ code, message }) => told.push(`${code}: ${message}`));
    expect(told).toEqual([expect.stringMatching(/^BACKLOG_UNSERVED: .*"gone"/)]);
    expect(metricsText()).not.toContain('millrace_outbox_depth{destination="empty"}');
    expect(metricsText()).toContain('millrace_outbox_depth{destination="gone"} 1');
  });

  it('refuses what has no JSON form, is too large or has no stream, and goes on', async () => {
    const outbox = outboxIn(await temporaryDirectory(), { maxMessageBytes: 1_000 });
    const circular: Record<string, unknown> = {};
    circular['payload'] = circular;
    await expect(outbox.put('cloud', 'pump', circular)).rejects.toMatchObject({ code: 'UPLOAD_UNSERIALISABLE' });
    await expect(outbox.put('cloud', 'pump', { payload: 1n })).rejects.toMatchObject({ code: 'UPLOAD_UNSERIALISABLE' });
    const large = { payload: 'x'.repeat(1_000) };
    await expect(outbox.put('cloud', 'pump', large)).rejects.toMatchObject({ code: 'UPLOAD_TOO_LARGE' });
    await expect(outbox.put('cloud', 'a/#', { payload: 1 })).rejects.toMatchObject({ code: 'STREAM_INVALID' });
    expect(await outbox.put('cloud', 'pump', { payload: 1 })).toMatchObject({ sequence: 1 });
  });

  it('writes typed arrays as plain ones', async () => {
    const broker = await startBroker();
    const outbox = outboxIn(await temporaryDirectory());
    const cloud = outbox.destination('cloud', { type: 'mqtt', url: broker.url });
    await cloud.put('windows', { payload: { data: new Float32Array([1, 2.5]) } });
    await vi.waitFor(() => expect(broker.received).toHaveLength(1), soon);
    expect(broker.received[0]?.message).toMatchObject({ payload: { data: [1, 2.5] } });
  });

  it('refuses messages when it is full, and takes them again when it has sent', async () => {
    const outbox = outboxIn(await temporaryDirectory(), { maxMessages: 3 });
    const results = await Promise.allSettled(upTo(5).map((n) => outbox.put('cloud', 'pump', { payload: n })));
    const taken = results.map(({ status }) => status === 'fulfilled');
    expect(taken).toEqual([true, true, true, false, false]);
    expect(results[4]).toMatchObject({ reason: { code: 'OUTBOX_FULL' } });

    const broker = await startBroker();
    const cloud = outbox.destination('cloud', { type: 'mqtt', url: broker.url });
    await vi.waitFor(() => expect(cloud.state().depth).toBe(0), soon);
    expect(await cloud.put('pump', { payload: 4 })).toMatchObject({ sequence: 4 });
  });

  it('says which numbers of a stream go to another destination', async () => {
    const [a, b] = [await startBroker(), await startBroker()];
    const outbox = outboxIn(await temporaryDirectory());
    const first = outbox.destination('a', { type: 'mqtt', url: a.url });
    const second = outbox.destination('b', { type: 'mqtt', url: b.url });
    for (const n of upTo(4)) await (n === 2 || n === 3 ? second : first).put('pump', { payload: n });
    await vi.waitFor(() => expect([a.received.length, b.received.length]).toEqual([3, 2]), soon);
    expect(a.received[1]?.message).toEqual({
      key: { gateway: 'gateway-1', stream: 'pump', sequence: 2 },
      gap: { first: 2, last: 3, reason: 'not sent to this destination' },
    });
  });

  it('stays locked to one process', async () => {
    const directory = await temporaryDirectory();
    const outbox = outboxIn(directory);
    await outbox.put('cloud', 'pump', { payload: 1 });
    await expect(outboxIn(directory).put('cloud', 'pump', { payload: 1 })).rejects.toMatchObject({
      code: 'STORE_LOCKED',
    });
  });

  it('tells a wrong password from a broker that is away', async () => {
    const broker = await startBroker({ password: 'right' });
    const outbox = outboxIn(await temporaryDirectory());
    const wrong = { type: 'mqtt', url: broker.url, username: 'gateway', password: 'wrong' } as const;
    const cloud = outbox.destination('cloud', wrong);
    await cloud.put('pump', { payload: 1 });
    await vi.waitFor(() => expect(cloud.state().problem?.code).toBe('DESTINATION_REFUSED'), soon);
    outbox.destination('cloud', { ...wrong, password: 'right' });
    await vi.waitFor(() => expect(cloud.state().depth).toBe(0), soon);
  });

  it('gives up a broker that takes messages and acknowledges none, and keeps them', async () => {
    const connack = Buffer.from([0x20, 0x02, 0x00, 0x00]);
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => {
      sockets.add(socket);
      socket.once('data', () => socket.write(connack)).on('error', () => {});
    });
    const port = await listen(silent, 0);
    onTestFinished(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => silent.close(resolve));
    });
    // Half a minute in a third of a second.
    const clock: Clock = { ...systemClock, monotonic: () => 100 * systemClock.monotonic() };
    const outbox = outboxIn(await temporaryDirectory(), { clock });
    const cloud = outbox.destination('cloud', { type: 'mqtt', url: `mqtt://127.0.0.1:${port}` });
    await cloud.put('pump', { payload: 1 });
    await vi.waitFor(() => expect(cloud.state().problem?.code).toBe('DESTINATION_SILENT'), soon);
    await vi.waitFor(() => expect(sockets.size).toBe(2), soon);
    expect(cloud.state().depth).toBe(1);
  });

  it('refuses a target that is no MQTT address, or that carries its password openly', async () => {
    const outbox = outboxIn(await temporaryDirectory());
    const serve = (url: string) => () => outbox.destination('cloud', { type: 'mqtt', url });
    expect(serve('http://cloud')).toThrow(expect.objectContaining({ code: 'TARGET_INVALID' }));
    expect(serve('cloud')).toThrow(expect.objectContaining({ code: 'TARGET_INVALID' }));
    expect(serve('mqtt://me:secret@cloud')).toThrow(expect.not.stringContaining('secret'));
  });
});

/** A clock whose half a minute of patience passes when it is told to. */
function patient() {
  const waiting: (() => void)[] = [];
  const clock: Clock = {
    ...systemClock,
    after(delay, task) {
      if (delay < 30_000) return systemClock.after(delay, task);
      waiting.push(task);
      return { cancel: () => void waiting.splice(waiting.indexOf(task), 1) };
    },
  };
  return { clock, pass: () => waiting.splice(0).forEach((task) => task()) };
}

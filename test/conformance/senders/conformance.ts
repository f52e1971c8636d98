/** What every kind of destination keeps to: each runs this against its real server. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { checkTarget } from '../../../runtime/outbox/check-target.ts';
import type { TargetSettings } from '../../../runtime/outbox/index.ts';
import { connectTo } from '../../../runtime/outbox/senders/index.ts';
import type { Harness, Running } from './harness.ts';
import {
  batchesOf,
  firstArrivals,
  gapMessage,
  message,
  openWith,
  sendAll,
  temporaryDirectory,
  upTo,
} from './support.ts';

const soon = { timeout: 60_000, interval: 20 };

/** Three streams by turns. */
const readings = (count: number) =>
  upTo(count).map((n) =>
    message(['pump', 'fan', 'mill'][n % 3] ?? '', Math.ceil(n / 3), { value: n, text: `no. ${n}` }),
  );

export function sendersConform<Settings = TargetSettings>(harness: Harness<Settings>): void {
  const skipped = harness.missing === true && !process.env['CI'];

  describe.skipIf(skipped)(`a destination of the kind ${harness.kind}`, () => {
    const start = async (): Promise<Running<Settings> & { readonly directory: string }> => {
      const directory = await temporaryDirectory();
      const running = await harness.start(directory);
      onTestFinished(() => running.stop());
      return { ...running, directory };
    };
    const open = (settings: Settings, directory: string) =>
      openWith<Settings>(
        harness.connect ?? ((given, context) => connectTo(checkTarget(given as TargetSettings), context)),
        settings,
        directory,
      );
    const whole = async (running: Running<Settings>, expected: Record<string, number[]>) =>
      await vi.waitFor(async () => expect(firstArrivals(await running.received())).toEqual(expected), soon);
    const expected = (count: number) => {
      const streams: Record<string, number[]> = {};
      for (const { stream, sequence } of readings(count)) (streams[stream] ??= []).push(sequence);
      return streams;
    };

    it('has what it has acknowledged, every stream in its order', async () => {
      const running = await start();
      const opened = await open(running.settings, running.directory);
      const batches = batchesOf(readings(600), opened.connection);
      const { acknowledged, failure } = await sendAll(opened, batches);
      expect(failure).toBeUndefined();
      expect(acknowledged).toHaveLength(batches.length);
      await whole(running, expected(600));
      expect((await running.received()).length).toBe(600);
      const one = (await running.received()).find(({ key }) => key.stream === 'fan' && key.sequence === 1);
      expect(one).toMatchObject({ payload: { value: 1, text: 'no. 1' } });
    });

    it('keeps a batch that comes again once, or lets it be told by its keys', async () => {
      const running = await start();
      const sent = readings(30);
      for (const _ of ['first', 'again']) {
        const opened = await open(running.settings, running.directory);
        expect((await sendAll(opened, batchesOf(sent, opened.connection))).failure).toBeUndefined();
        await opened.connection.close();
      }
      const last = await open(running.settings, running.directory);
      await sendAll(last, batchesOf([message('pump', 11, 'after')], last.connection, 50, 30));
      await vi.waitFor(async () => {
        const received = await running.received();
        expect(received.find(({ key }) => key.stream === 'pump' && key.sequence === 11)).toBeDefined();
        const copies = received.filter(({ key }) => key.stream === 'fan' && key.sequence === 3);
        expect(copies).toHaveLength(harness.repeats === 'once' ? 1 : 2);
        for (const copy of copies) expect(copy).toEqual(copies[0]);
      }, soon);
      expect(firstArrivals(await running.received())).toMatchObject({ fan: upTo(10), mill: upTo(10) });
    });

    it('keeps names and texts in any script, and what JSON has to escape', async () => {
      const running = await start();
      const stream = 'Halle 3/Öl-温度 🌡 "a\\b" {stream}.%2F';
      const payload = {
        'Größe\n': '日本語 \u2028 \u0000 \ud800 "quoted", comma;\r\n',
        emoji: '👩‍🔧',
        long: 1.7976931348623157e308,
      };
      const opened = await open(running.settings, running.directory);
      const sent = [
        message(stream, 1, payload),
        message(stream, 2, null),
        message(stream, 3, [1, 'two', { three: 3 }]),
      ];
      expect((await sendAll(opened, batchesOf(sent, opened.connection))).failure).toBeUndefined();
      await whole(running, { [stream]: [1, 2, 3] });
      const [first, second, third] = await running.received();
      expect(first).toMatchObject({ payload: JSON.parse(JSON.stringify(payload)) as unknown });
      expect(second).toMatchObject({ payload: null });
      expect(third).toMatchObject({ payload: [1, 'two', { three: 3 }] });
    });

    it('is told of gaps', async () => {
      const running = await start();
      const opened = await open(running.settings, running.directory);
      const sent = [message('pump', 1, 'a'), gapMessage('pump', 2, 40, 'expired'), message('pump', 41, 'b')];
      expect((await sendAll(opened, batchesOf(sent, opened.connection))).failure).toBeUndefined();
      await vi.waitFor(async () => expect(await running.received()).toHaveLength(3), soon);
      const received = await running.received();
      const gap = received.find((one) => 'gap' in one);
      expect(gap).toMatchObject({
        key: { stream: 'pump', sequence: 40 },
        gap: { first: 2, last: 40, reason: 'expired' },
      });
      expect(firstArrivals(received.filter((one) => !('gap' in one)))).toEqual({ pump: [1, 41] });
    });

    it('takes batches as large as it says, and large messages', async () => {
      const running = await start();
      const opened = await open(running.settings, running.directory);
      const many = upTo(5_000).map((n) => message('pump', n, { value: n, text: 'x'.repeat(150) }));
      const large = message('pump', 5_001, 'y'.repeat(600_000));
      const batches = [
        ...batchesOf(many, opened.connection, 5_000),
        ...batchesOf([large], opened.connection, 1, 5_000),
      ];
      expect((await sendAll(opened, batches)).failure).toBeUndefined();
      await whole(running, { pump: upTo(5_001) });
      const last = (await running.received()).find(({ key }) => key.sequence === 5_001);
      expect(last).toMatchObject({ payload: 'y'.repeat(600_000) });
    });

    it('is left without a trace by a connection that is closed', async () => {
      const running = await start();
      const counted = () => process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Pipe|FSEvent|Worker/.test(name));
      const before = counted().length;
      for (const n of upTo(3)) {
        const opened = await open(running.settings, running.directory);
        await sendAll(opened, batchesOf([message('pump', n, n)], opened.connection, 50, n));
        await opened.connection.close();
        await opened.connection.close();
      }
      await vi.waitFor(() => expect(counted().length).toBeLessThanOrEqual(before), soon);
    });

    if (harness.signsIn) {
      it('lets nobody in with a wrong sign-in, and that is said without the secret', async () => {
        const running = await start();
        const { wrong } = running;
        if (!wrong) throw new Error('the harness has no wrong sign-in');
        const attempt = async () => {
          const opened = await open(wrong, running.directory);
          throw (await sendAll(opened, batchesOf([message('pump', 1, 1)], opened.connection))).failure;
        };
        const failure = await attempt().catch((error: unknown) => error);
        expect(failure).toMatchObject({ code: 'DESTINATION_REFUSED' });
        for (const secret of secretsOf(wrong)) expect(String(failure)).not.toContain(secret);
        expect(await running.received()).toEqual([]);
      });
    }

    if (!harness.network) return;

    const startBehind = async () => {
      const running = await start();
      const { network } = running;
      if (!network) throw new Error('the harness has no network');
      const proxy: FaultProxy = await startFaultProxy(network.port);
      onTestFinished(() => proxy.close());
      return { running, proxy, settings: network.through(proxy.port) };
    };

    it('has everything after its connection broke in the middle, and is believed only what it acknowledged', async () => {
      const { running, proxy, settings } = await startBehind();
      let left = readings(900);
      let done = 0;
      let broke = 0;
      for (const bytes of [4_000, 3_000, 6_000, Infinity]) {
        const opened = await open(settings, running.directory).catch(() => undefined);
        if (!opened) continue;
        proxy.resetAfter(bytes);
        const { acknowledged, failure } = await sendAll(opened, batchesOf(left, opened.connection, 50, done));
        if (failure !== undefined) broke += 1;
        await opened.connection.close();
        await proxy.heal();
        const taken = acknowledged.flatMap(({ messages }) => messages);
        await vi.waitFor(async () => {
          const arrived = firstArrivals(await running.received());
          for (const { stream, sequence } of taken) expect(arrived[stream]).toContain(sequence);
        }, soon);
        const keys = new Set(taken);
        left = left.filter((one) => !keys.has(one));
        done = 900 - left.length;
      }
      expect(left).toEqual([]);
      expect(broke).toBeGreaterThan(1);
      await whole(running, expected(900));
    });

    it('has acknowledged nothing when it stops answering, and does not hold up a close', async () => {
      const { running, proxy, settings } = await startBehind();
      const opened = await open(settings, running.directory);
      await sendAll(opened, batchesOf([message('pump', 1, 1)], opened.connection));
      proxy.swallow('down');
      let answer = 'none';
      const batch = batchesOf([message('pump', 2, 2)], opened.connection, 50, 1);
      const sending = sendAll(opened, batch).then(({ failure }) => (answer = failure ? 'failure' : 'acknowledged'));
      await Promise.race([sending, sleep(300)]);
      expect(answer).not.toBe('acknowledged');
      await opened.connection.close();
      await proxy.heal();
      expect(answer).not.toBe('acknowledged');
      const again = await open(settings, running.directory);
      expect(
        (await sendAll(again, batchesOf([message('pump', 2, 2)], again.connection, 50, 1))).failure,
      ).toBeUndefined();
      await whole(running, { pump: [1, 2] });
    });

    it('is not reached, and that is said', async () => {
      const { running, proxy, settings } = await startBehind();
      await proxy.refuse();
      const attempt = async () => {
        const opened = await open(settings, running.directory);
        throw (await sendAll(opened, batchesOf([message('pump', 1, 1)], opened.connection))).failure;
      };
      await expect(attempt()).rejects.toMatchObject({ code: 'DESTINATION_UNREACHABLE' });
    });
  });
}

const SECRETS = ['password', 'token', 'secretAccessKey'];

const secretsOf = (settings: unknown): string[] =>
  Object.entries(settings as object).flatMap(([name, value]) =>
    SECRETS.includes(name) && value ? [String(value)] : [],
  );

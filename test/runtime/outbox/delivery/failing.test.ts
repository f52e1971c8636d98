import { describe, expect, it } from 'vitest';
import { RetryLater } from '../../../../runtime/outbox/senders/index.ts';
import { upTo } from '../support.ts';
import { faults, inVirtualTime, TARGET } from './support.ts';

const HOUR = 3_600_000;
const away = () => ({ connect: () => Promise.reject(faults.AWAY({})) });

describe('a destination that fails', () => {
  it('is tried less and less often, with one message on trial, until it answers', async () => {
    const { time, clock, fake, open } = await inVirtualTime(away());
    const cloud = open().outbox.destination('cloud', TARGET);
    await time.during(Promise.all(upTo(500).map((n) => cloud.put('pump', { payload: n }))));
    await time.until(() => cloud.state().circuit === 'open');
    const soon = fake.connections;
    expect(soon).toBe(10);
    expect(cloud.state()).toMatchObject({ failures: 10, problem: { code: 'AWAY' }, connected: false });
    expect(cloud.state().retryAt).toBeGreaterThan(clock.now() + 40_000);
    await time.pass(6 * HOUR);
    expect(fake.connections - soon).toBeLessThan(6 * 8);
    expect(fake.connections - soon).toBeGreaterThan(6 * 4);

    fake.behaviour.connect = () => undefined;
    fake.behaviour.window = 5;
    let before: string | undefined;
    fake.behaviour.send = () => void (before ??= cloud.state().circuit);
    await time.until(() => cloud.state().depth === 0);
    expect(before).toBe('half-open');
    expect(fake.arrivals[0]?.messages).toHaveLength(1);
    expect(cloud.state()).toMatchObject({ circuit: 'closed', failures: 0, problem: undefined, retryAt: undefined });
    expect(fake.keys.map(([, sequence]) => sequence)).toEqual(upTo(500));
  });

  it('is tried sooner when an alarm waits', async () => {
    const { time, fake, open } = await inVirtualTime(away());
    const cloud = open().outbox.destination('cloud', TARGET);
    await time.during(cloud.put('pump', { payload: 1 }));
    await time.pass(HOUR);
    const before = fake.connections;
    await time.during(cloud.put('alarms', { payload: 'hot' }, { lane: 'alarm' }));
    await time.pass(10 * 60_000);
    expect(fake.connections - before).toBeGreaterThan(15);
  });

  it('is left in peace for as long as it asks', async () => {
    const { time, fake, open } = await inVirtualTime();
    fake.behaviour.send = () => {
      throw new RetryLater(faults.BROKEN({}), 20 * 60_000);
    };
    const cloud = open().outbox.destination('cloud', TARGET);
    await time.during(cloud.put('pump', { payload: 1 }));
    await time.until(() => cloud.state().problem !== undefined);
    const before = fake.connections;
    await time.pass(19 * 60_000);
    expect(fake.connections).toBe(before);
    delete fake.behaviour.send;
    await time.pass(2 * 60_000);
    expect(cloud.state()).toMatchObject({ depth: 0, problem: undefined });
  });

  it('gets smaller batches after one did not get through, and larger ones again', async () => {
    let most = 25;
    const { time, fake, open } = await inVirtualTime({
      send({ messages }) {
        if (messages.length > most) throw faults.BROKEN({});
      },
    });
    const cloud = open().outbox.destination('cloud', TARGET);
    await time.during(Promise.all(upTo(1_000).map((n) => cloud.put('pump', { payload: n }))));
    await time.until(() => fake.messages.length > 200);
    most = Infinity;
    await time.until(() => cloud.state().depth === 0);
    expect(Math.max(...fake.arrivals.map(({ messages }) => messages.length))).toBe(100);
    expect(fake.keys.map(([, sequence]) => sequence)).toEqual(upTo(1_000));
  });

  it('is not believed when it acknowledges after the connection was lost, and may say so as often as it likes', async () => {
    let late: (() => void) | undefined;
    let lost: (() => void) | undefined;
    const { time, fake, open } = await inVirtualTime({
      window: 3,
      most: { messages: 5, bytes: Infinity },
      acknowledge(_, context) {
        if (late) return undefined;
        lost = () => context.lost(faults.BROKEN({}));
        return new Promise<void>((resolve) => (late = resolve));
      },
    });
    const cloud = open().outbox.destination('cloud', TARGET);
    await time.during(Promise.all(upTo(20).map((n) => cloud.put('pump', { payload: n }))));
    await time.until(() => lost !== undefined);
    lost?.();
    lost?.();
    await time.settle();
    late?.();
    lost?.();
    await time.until(() => cloud.state().depth === 0);
    lost?.();
    await time.pass(1_000);
    expect(new Set(fake.keys.map(([, sequence]) => sequence))).toEqual(new Set(upTo(20)));
    expect(fake.keys.length).toBeGreaterThan(20);
    expect(cloud.state()).toMatchObject({ connected: true, problem: undefined });
  });

  it('is given up when it takes messages and is silent, later where much is under way', async () => {
    const { time, clock, fake, open } = await inVirtualTime({ acknowledge: () => new Promise(() => undefined) });
    const cloud = open().outbox.destination('cloud', TARGET);
    await time.during(cloud.put('pump', { payload: 'x'.repeat(200_000) }));
    await time.until(() => fake.arrivals.length === 1);
    const begun = clock.monotonic();
    await time.until(() => cloud.state().problem?.code === 'DESTINATION_SILENT');
    expect(clock.monotonic() - begun).toBeGreaterThan(120_000);
    expect(clock.monotonic() - begun).toBeLessThan(140_000);
    expect(cloud.state().depth).toBe(1);
  });

  it('does not end the process by throwing at once, hanging or failing to close', async () => {
    let attempt = 0;
    const { time, fake, open } = await inVirtualTime({
      connect() {
        attempt += 1;
        if (attempt === 1) throw new TypeError('a mistake in a sender');
      },
      send() {
        if (attempt === 2) throw new RangeError('another');
      },
      close() {
        if (attempt === 2) throw new Error('and a third');
        return attempt === 3 ? new Promise(() => undefined) : undefined;
      },
    });
    const { outbox } = open();
    const cloud = outbox.destination('cloud', TARGET);
    await time.during(cloud.put('pump', { payload: 1 }));
    await time.until(() => cloud.state().depth === 0);
    outbox.destination('cloud', { ...TARGET, topic: 'other' });
    await time.until(() => attempt === 4);
    await time.during(cloud.put('pump', { payload: 2 }));
    await time.until(() => cloud.state().depth === 0);
    expect(fake.keys).toEqual([
      ['pump', 1],
      ['pump', 2],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { upTo } from '../support.ts';
import { inVirtualTime, TARGET } from './support.ts';

const HOUR = 3_600_000;

// Hours of virtual time, in which the disk is really asked.
describe('a target’s policy', () => {
  it('sends at night, once, also in the night in which the clocks are put forward', async () => {
    const epoch = Date.parse('2026-03-28T21:00:00Z');
    const { time, clock, fake, open } = await inVirtualTime({}, { epoch, timezone: 'Europe/Berlin' });
    const sending = { when: 'schedule', cron: '30 2 * * *' } as const;
    const cloud = open().outbox.destination('cloud', { ...TARGET, sending });
    let n = 0;
    const putting = clock.every(HOUR / 3, () => void cloud.put('pump', { payload: ++n }).catch(() => undefined));
    await time.pass(HOUR);
    // Nothing to do for hours: no connection is held.
    await time.until(() => cloud.state().holding !== undefined && !cloud.state().connected, 1_000);
    expect(cloud.state()).toMatchObject({
      connected: false,
      problem: undefined,
      holding: { reason: 'schedule', until: Date.parse('2026-03-29T01:00:00Z') },
    });
    await time.pass(27 * HOUR);
    putting.cancel();
    const minutes = fake.arrivals.map(({ at }) => new Date(at).toISOString().slice(0, 16));
    expect([...new Set(minutes)]).toEqual(['2026-03-29T01:00', '2026-03-30T00:30']);
    expect(fake.keys.map(([, sequence]) => sequence)).toEqual(upTo(fake.keys.length));
    expect(fake.keys.length).toBeGreaterThan(70);
  });

  it('goes on at once with what a restart interrupted in its night', async () => {
    const epoch = Date.parse('2026-06-01T23:00:00Z');
    const { time, clock, fake, open } = await inVirtualTime({}, { epoch, timezone: 'Europe/Berlin' });
    fake.behaviour.acknowledge = () => clock.sleep(20_000);
    const settings = { ...TARGET, sending: { when: 'schedule', cron: '0 2 * * *' } } as const;
    const first = open();
    const cloud = first.outbox.destination('cloud', settings);
    await time.during(Promise.all(upTo(2_000).map((n) => cloud.put('pump', { payload: n }))));
    await time.until(() => fake.keys.length >= 500);
    await first.close();
    const again = open().outbox.destination('cloud', settings);
    await time.until(() => again.state().sent > 0 && again.state().depth === 0);
    expect(clock.now() - epoch).toBeLessThan(3 * HOUR);
    expect(new Set(fake.keys.map(([, sequence]) => sequence)).size).toBe(2_000);
  });

  it('sends no more than a megabyte an hour on a metered link, and alarms all the same', async () => {
    const { time, fake, open } = await inVirtualTime();
    const cloud = open().outbox.destination('cloud', { ...TARGET, sending: { bytesPerHour: 1_000_000 } });
    const padding = 'x'.repeat(900);
    await time.during(Promise.all(upTo(4_000).map((n) => cloud.put('pump', { payload: n, padding }))));
    await time.until(() => cloud.state().holding?.reason === 'budget');
    await time.during(cloud.put('alarms', { payload: 'hot' }, { lane: 'alarm' }));
    await time.until(() => fake.arrivals.at(-1)?.lane === 'alarm', 1_000);
    await time.until(() => cloud.state().depth === 0);
    for (const { at } of fake.arrivals) {
      const within = fake.arrivals.filter((one) => one.at >= at && one.at < at + HOUR);
      expect(within.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(1_001_000);
    }
    const pump = fake.keys.filter(([stream]) => stream === 'pump').map(([, sequence]) => sequence);
    expect(pump).toEqual(upTo(4_000));
    const [first, last] = [fake.arrivals[0], fake.arrivals.at(-1)];
    expect((last?.at ?? 0) - (first?.at ?? 0)).toBeLessThan(4.2 * HOUR);
  });

  it('keeps a bandwidth, by what the sender says that went over the wire', async () => {
    const { time, clock, fake, open } = await inVirtualTime({
      // Half of it, compressed.
      send: (batch, { wire }) => wire?.(batch, batch.messages.reduce((sum, { body }) => sum + body.length, 0) / 2),
    });
    const sending = { when: 'batch', messages: 50, seconds: 1, bytesPerSecond: 10_000 } as const;
    const cloud = open().outbox.destination('cloud', { ...TARGET, sending });
    const padding = 'x'.repeat(900);
    await time.during(Promise.all(upTo(2_000).map((n) => cloud.put('pump', { payload: n, padding }))));
    const begun = clock.monotonic();
    await time.until(() => cloud.state().depth === 0);
    const bytes = fake.arrivals.reduce((sum, one) => sum + one.bytes, 0) / 2;
    const rate = bytes / ((clock.monotonic() - begun) / 1_000);
    expect(rate).toBeGreaterThan(9_000);
    expect(rate).toBeLessThan(11_500);
    expect(fake.arrivals.every(({ messages }) => messages.length === 50)).toBe(true);
  });

  it('sends batches when they are full or old, under names that sort', async () => {
    const { time, fake, open } = await inVirtualTime({ most: { messages: 1_000, bytes: Infinity } });
    const sending = { when: 'batch', messages: 200, seconds: 60 } as const;
    const cloud = open().outbox.destination('cloud', { ...TARGET, sending });
    await time.during(Promise.all(upTo(450).map((n) => cloud.put('pump', { payload: n }))));
    await time.until(() => fake.arrivals.length === 2 && cloud.state().holding !== undefined);
    expect(cloud.state()).toMatchObject({ connected: true, holding: { reason: 'batch' }, depth: 50 });
    await time.until(() => cloud.state().depth === 0);
    expect(cloud.state().holding).toBeUndefined();
    expect(fake.arrivals.map(({ messages }) => messages.length)).toEqual([200, 200, 50]);
    const names = fake.arrivals.map(({ name }) => name);
    expect(names.every((name) => /^live-\d{12}-\d{6}$/.test(name))).toBe(true);
    expect([...names].sort()).toEqual(names);
    expect(new Set(names).size).toBe(3);
  });

  it('does not let a clock that is set back by years hold a batch', async () => {
    const { time, fake, open } = await inVirtualTime();
    const cloud = open().outbox.destination('cloud', { ...TARGET, sending: { when: 'batch', seconds: 60 } });
    await time.during(cloud.put('pump', { payload: 1 }));
    time.set(Date.UTC(1999, 0, 1));
    await time.during(cloud.put('pump', { payload: 2 }, { ttl: HOUR }));
    await time.until(() => fake.keys.length === 2, 130_000);
    time.set(Date.UTC(2040, 0, 1));
    await time.during(cloud.put('pump', { payload: 3 }, { ttl: HOUR }));
    await time.until(() => fake.keys.length === 3, 130_000);
    await time.until(() => cloud.state().depth === 0);
    expect(cloud.state().dropped).toEqual([]);
  });
});

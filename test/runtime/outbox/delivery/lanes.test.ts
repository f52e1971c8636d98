import { describe, expect, it } from 'vitest';
import { upTo } from '../support.ts';
import { faults, inVirtualTime, TARGET } from './support.ts';

describe('priority lanes', () => {
  it('let an alarm overtake a backlog of ten thousand', async () => {
    const { time, clock, fake, open } = await inVirtualTime({ connect: () => Promise.reject(faults.AWAY({})) });
    const cloud = open().outbox.destination('cloud', TARGET);
    await time.during(Promise.all(upTo(10_000).map((n) => cloud.put('pump', { payload: n }))));
    await time.during(cloud.put('alarms', { payload: 'hot' }, { lane: 'alarm' }));
    fake.behaviour.connect = () => undefined;
    fake.behaviour.acknowledge = () => clock.sleep(100);
    await time.until(() => fake.arrivals.length > 20);
    expect(fake.arrivals[0]).toMatchObject({ lane: 'alarm', messages: [{ payload: 'hot' }] });

    // Also in the middle of it: behind what is under way, and before everything else.
    const before = fake.arrivals.length;
    await time.during(cloud.put('alarms', { payload: 'hotter' }, { lane: 'alarm' }));
    await time.until(() => fake.arrivals.length > before + 3);
    const at = fake.arrivals.findLastIndex(({ lane }) => lane === 'alarm');
    expect(at - before).toBeGreaterThanOrEqual(0);
    expect(at - before).toBeLessThanOrEqual(2);

    fake.behaviour.acknowledge = () => undefined;
    await time.until(() => cloud.state().depth === 0);
    const pump = fake.keys.filter(([stream]) => stream === 'pump').map(([, sequence]) => sequence);
    expect(pump).toEqual(upTo(10_000));
    expect(cloud.state()).toMatchObject({ sent: 10_002, bytes: 0 });
  });

  it('tell no gap of a stream that changes its lane and comes back', async () => {
    const { time, fake, open } = await inVirtualTime();
    const cloud = open().outbox.destination('cloud', TARGET);
    for (const lane of ['live', 'alarm', 'live', 'bulk', 'live'] as const) {
      await time.during(Promise.all(upTo(5).map((n) => cloud.put('pump', { payload: n }, { lane }))));
      await time.until(() => cloud.state().sent > 0 && cloud.state().depth === 0);
    }
    expect(fake.keys.map(([, sequence]) => sequence)).toEqual(upTo(25));
    expect(fake.messages.filter((message) => 'gap' in message)).toEqual([]);
  });

  it('give bulk its share while live data does not end', async () => {
    const { time, clock, fake, open } = await inVirtualTime({ most: { messages: 10, bytes: Infinity } });
    fake.behaviour.acknowledge = () => clock.sleep(10);
    const cloud = open().outbox.destination('cloud', TARGET);
    const bulk = upTo(800).map((n) => cloud.put('archive', { payload: n }, { lane: 'bulk' }));
    const live = upTo(5_000).map((n) => cloud.put('pump', { payload: n }));
    await time.during(Promise.all([...bulk, ...live]));
    expect(cloud.state().lanes.map(({ lane }) => lane)).toEqual(['alarm', 'live', 'bulk']);
    await time.until(() => fake.keys.length >= 2_000);
    const share = fake.keys.slice(0, 2_000).filter(([stream]) => stream === 'archive').length;
    expect(share).toBeGreaterThan(300);
    expect(share).toBeLessThan(500);
    await time.until(() => cloud.state().depth === 0);
  });
});

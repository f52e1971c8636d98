import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ledger } from '../../../../runtime/messages/index.ts';
import { upTo } from '../support.ts';
import { faults, inVirtualTime, TARGET } from './support.ts';

const HOUR = 3_600_000;

describe('a deploy, a pause, a stop', () => {
  it('sends what waits with the new settings, and nothing of the backlog is lost in between', async () => {
    const { time, clock, fake, open } = await inVirtualTime({ most: { messages: 10, bytes: Infinity } });
    fake.behaviour.acknowledge = () => clock.sleep(50);
    const { outbox } = open();
    const before = outbox.destination('cloud', TARGET);
    await time.during(Promise.all(upTo(600).map((n) => before.put('pump', { payload: n }))));
    await time.until(() => fake.messages.length >= 100);
    await time.during(before.close());
    expect(outbox.destinations()).toMatchObject([{ id: 'cloud', served: false }]);
    const rest = outbox.destinations()[0]?.depth ?? 0;
    expect(rest).toBeGreaterThan(400);
    await time.pass(60_000);
    const arrived = fake.messages.length;
    const after = outbox.destination('cloud', { ...TARGET, topic: 'new/{stream}' });
    await time.until(() => after.state().depth === 0);
    expect(fake.targets.at(-1)).toMatchObject({ topic: 'new/{stream}' });
    expect(new Set(fake.keys.map(([, sequence]) => sequence)).size).toBe(600);
    expect(fake.messages.length - arrived).toBeLessThanOrEqual(rest);
  });

  it('takes messages without a break while the target is set anew', async () => {
    const { time, fake, open } = await inVirtualTime();
    const { outbox } = open();
    let cloud = outbox.destination('cloud', TARGET);
    const puts: Promise<unknown>[] = [];
    for (const n of upTo(100)) {
      puts.push(cloud.put('pump', { payload: n }));
      if (n % 10 > 0) continue;
      const before = cloud;
      cloud = outbox.destination('cloud', { ...TARGET, topic: `topic/${n}` });
      puts.push(before.close());
    }
    await time.during(Promise.all(puts));
    await time.until(() => cloud.state().depth === 0);
    expect([...new Set(fake.keys.map(([, sequence]) => sequence))]).toEqual(upTo(100));
  });

  it('stays paused over a restart, takes messages meanwhile, and goes on when it is resumed', async () => {
    const { time, fake, open } = await inVirtualTime();
    const first = open();
    const cloud = first.outbox.destination('cloud', TARGET);
    await time.during(cloud.put('pump', { payload: 1 }));
    await time.until(() => cloud.state().sent === 1);
    await time.during(first.outbox.setPaused('cloud', true));
    await time.during(cloud.put('pump', { payload: 2 }));
    await time.pass(HOUR);
    expect(cloud.state()).toMatchObject({ paused: true, connected: false, depth: 1, problem: undefined });
    await first.close();

    const second = open();
    const again = second.outbox.destination('cloud', TARGET);
    await time.during(again.put('pump', { payload: 3 }));
    await time.pass(HOUR);
    expect(again.state()).toMatchObject({ paused: true, depth: 2 });
    expect(fake.messages).toHaveLength(1);
    await time.during(second.outbox.setPaused('cloud', false));
    await time.until(() => again.state().depth === 0);
    expect(again.state().paused).toBe(false);
    expect(fake.keys.map(([, sequence]) => sequence)).toEqual([1, 2, 3]);
  });

  it('puts on disk what was taken when it is closed, and sends it after the next start', async () => {
    const { time, fake, open } = await inVirtualTime({ acknowledge: () => new Promise(() => undefined) });
    const first = open();
    const cloud = first.outbox.destination('cloud', TARGET);
    await time.during(cloud.put('pump', { payload: 0 }));
    const puts = upTo(50).map((n) => cloud.put('pump', { payload: n }));
    await first.close();
    const keys = (await Promise.allSettled(puts)).filter(({ status }) => status === 'fulfilled');
    expect(keys).toHaveLength(50);
    await expect(cloud.put('pump', { payload: 51 })).rejects.toMatchObject({ code: 'OUTBOX_CLOSED' });

    delete fake.behaviour.acknowledge;
    const again = open().outbox.destination('cloud', TARGET);
    await time.until(() => again.state().sent > 0 && again.state().depth === 0);
    expect(new Set(fake.keys.map(([, sequence]) => sequence))).toEqual(new Set(upTo(51)));
  });

  it('keeps the backlog of a destination that lost its nodes', async () => {
    const { time, open } = await inVirtualTime({ connect: () => Promise.reject(faults.AWAY({})) });
    const { outbox } = open();
    const cloud = outbox.destination('cloud', TARGET);
    await time.during(Promise.all(upTo(10).map((n) => cloud.put('pump', { payload: n }))));
    await time.during(cloud.close());
    await time.pass(6 * HOUR);
    expect(outbox.destinations()).toMatchObject([{ id: 'cloud', served: false, depth: 10 }]);
    expect(outbox.rows()).toMatchObject([
      { id: 'cloud', depth: 10, served: false, address: 'mqtt://fake', kind: 'mqtt' },
    ]);
  });

  it('keeps the ledger beside the queue up to what was acknowledged', async () => {
    const { time, clock, fake, directory, open } = await inVirtualTime();
    fake.behaviour.acknowledge = () => clock.sleep(20_000);
    const cloud = open().outbox.destination('cloud', TARGET);
    await time.during(Promise.all(upTo(10).map((n) => cloud.put('pump', { payload: n }))));
    const kept = async () => {
      const text = await readFile(join(directory, 'ledger.json'), 'utf8');
      return ledger.parse(JSON.parse(text)).streams.map(({ appended, acknowledged }) => ({ appended, acknowledged }));
    };
    await time.pass(15_000);
    expect(await kept()).toEqual([{ appended: 10, acknowledged: 0 }]);
    await time.until(() => cloud.state().depth === 0);
    await time.pass(15_000);
    expect(await kept()).toEqual([{ appended: 10, acknowledged: 10 }]);
  });

  it('lets a message keep the key that it brings on its way to a table, and only there', async () => {
    const { time, fake, open } = await inVirtualTime();
    const { outbox } = open();
    const key = { gateway: 'other', stream: 'pump', sequence: 77 };
    const table = outbox.destination('table', { type: 'sqlite' });
    await time.during(table.put('other/pump', { payload: 1, key }));
    await time.during(table.put('other/pump', { payload: 2, key: 'mine' }));
    await time.during(outbox.destination('cloud', TARGET).put('other/pump', { payload: 3, key }));
    await time.until(() => fake.messages.length === 3);
    const keys = new Map(fake.messages.map((one) => ['payload' in one ? one.payload : 0, one.key]));
    expect(keys.get(1)).toEqual(key);
    expect(keys.get(2)).toEqual({ gateway: 'gateway-1', stream: 'other/pump', sequence: 2 });
    expect(keys.get(3)).toEqual({ gateway: 'gateway-1', stream: 'other/pump', sequence: 3 });
  });
});

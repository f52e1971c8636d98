import { describe, expect, it } from 'vitest';
import type { UploadKey } from '../../../../runtime/messages/index.ts';
import { type Lane, LANES } from '../../../../runtime/outbox/schema.ts';
import { upTo } from '../support.ts';
import { faults, inVirtualTime, mulberry, refusal, TARGET } from './support.ts';

const nameOf = ({ stream, sequence }: Pick<UploadKey, 'stream' | 'sequence'>) => `${stream}/${sequence}`;
const isPoison = (body: string) => body.includes('"payload":"poison');

describe('whatever fails at random', () => {
  it.each(upTo(6))(
    'ids sent are ids received, in order per stream (run %i)',
    async (seed) => {
      const random = mulberry(seed * 7_919);
      const chance = (share: number) => random() < share;
      const most = { messages: 1 + Math.floor(random() * 60), bytes: 200 + Math.floor(random() * 20_000) };
      const { time, clock, fake, open } = await inVirtualTime({ most });
      fake.behaviour.connect = () => (chance(0.2) ? Promise.reject(faults.AWAY({})) : undefined);
      fake.behaviour.send = async ({ messages }, context) => {
        await clock.sleep(1 + random() * 40);
        if (chance(0.04)) context.lost(faults.BROKEN({}));
        if (chance(0.04)) throw faults.BROKEN({});
        const indices = messages.flatMap(({ body }, index) => (isPoison(body) ? [index] : []));
        if (indices.length > 0) throw refusal(chance(0.5) ? indices : undefined);
      };
      fake.behaviour.acknowledge = async (_, context) => {
        await clock.sleep(random() * 10);
        if (chance(0.05)) throw faults.BROKEN({});
        if (chance(0.02)) context.lost(faults.BROKEN({}));
      };

      let { outbox, close } = open();
      let cloud = outbox.destination('cloud', TARGET);
      const taken: string[] = [];
      const poison = new Set<string>();
      const put = async (n: number) => {
        const bad = chance(0.03);
        const lane: Lane = LANES[Math.floor(random() * 3)] ?? 'live';
        const name = nameOf(
          await cloud.put(`s${Math.floor(random() * 4)}`, { payload: bad ? `poison ${n}` : n }, { lane }),
        );
        taken.push(name);
        if (bad) poison.add(name);
      };
      for (let round = 0; round < 12; round++) {
        await time.during(Promise.all(upTo(1 + Math.floor(random() * 60)).map(put)));
        await time.pass(random() * 800);
        const event = random();
        if (event < 0.2) {
          await close();
          ({ outbox, close } = open());
          cloud = outbox.destination('cloud', TARGET);
        } else if (event < 0.4) cloud = outbox.destination('cloud', { ...TARGET, topic: `round/${round}` });
      }
      // What waits is known when the queue is open.
      await time.during(outbox.ledger());
      await time.until(() => cloud.state().depth === 0);
      await time.pass(2_000);

      const firsts = [...new Set(fake.messages.map(({ key }) => nameOf(key)))];
      expect([...firsts].sort()).toEqual(taken.filter((name) => !poison.has(name)).sort());
      for (const stream of ['s0', 's1', 's2', 's3']) {
        const order = firsts.filter((name) => name.startsWith(`${stream}/`)).map((name) => Number(name.split('/')[1]));
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }
      expect(fake.messages.filter((message) => 'gap' in message)).toEqual([]);
      const letters = await time.during(outbox.deadLetters({ limit: 1_000 }));
      expect(new Set(letters.map(nameOf))).toEqual(poison);
      expect(cloud.state().dead).toBe(poison.size);
    },
    60_000,
  );
});

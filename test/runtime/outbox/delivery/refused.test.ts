import { describe, expect, it } from 'vitest';
import { upTo } from '../support.ts';
import { inVirtualTime, refusal, TARGET } from './support.ts';

const isPoison = (n: number) => [137, 512, 513].includes(n);
const payloadOf = (body: string) => (JSON.parse(body) as { payload: number }).payload;

describe('what a destination refuses', () => {
  it.each([
    ['says which', true],
    ['does not say which', false],
  ])('becomes a dead letter, and nothing else does, where it %s', async (_, says) => {
    const { time, fake, open } = await inVirtualTime({
      send({ messages }) {
        const indices = messages.flatMap(({ body }, index) => (isPoison(payloadOf(body)) ? [index] : []));
        if (indices.length > 0) throw refusal(says ? indices : undefined);
      },
    });
    const { outbox } = open();
    const cloud = outbox.destination('cloud', TARGET);
    await time.during(Promise.all(upTo(1_000).map((n) => cloud.put(n % 2 ? 'odd' : 'even', { payload: n }))));
    await time.until(() => cloud.state().depth === 0 && cloud.state().dead === 3);
    const arrived = fake.messages.map((one) => ('payload' in one ? (one.payload as number) : -1));
    expect(arrived).toEqual(upTo(1_000).filter((n) => !isPoison(n)));
    const letters = await time.during(outbox.deadLetters({ destination: 'cloud' }));
    expect(letters.map(({ body, code, reason }) => [payloadOf(body), code, reason])).toEqual(
      [137, 512, 513].map((n) => [n, 'NEVER', 'this is not for me']),
    );
    expect(cloud.state()).toMatchObject({ sent: 997, problem: undefined, failures: 0 });
  });

  it('is sent again on demand, with its key, beside what is live; or deleted, and told as a gap', async () => {
    const { time, fake, open } = await inVirtualTime({
      send({ messages }) {
        const indices = messages.flatMap(({ body }, index) => (isPoison(payloadOf(body)) ? [index] : []));
        if (indices.length > 0) throw refusal(indices);
      },
    });
    const { outbox } = open();
    const cloud = outbox.destination('cloud', TARGET);
    await time.during(Promise.all(upTo(600).map((n) => cloud.put('pump', { payload: n }))));
    await time.until(() => cloud.state().dead === 3);
    const letters = await time.during(outbox.deadLetters());
    // Still refused: it comes back.
    expect(await time.during(outbox.retryDead('cloud'))).toBe(3);
    await time.until(() => cloud.state().depth === 0 && cloud.state().dead === 3);

    delete fake.behaviour.send;
    const arrived = fake.arrivals.length;
    expect(await time.during(outbox.retryDead('cloud', [letters[0]?.id ?? 0]))).toBe(1);
    await time.until(() => cloud.state().depth === 0 && cloud.state().dead === 2);
    expect(fake.arrivals.slice(arrived)).toMatchObject([
      { lane: 'bulk', messages: [{ payload: 137, key: { stream: 'pump', sequence: 137 } }] },
    ]);
    expect(await time.during(outbox.removeDead('cloud'))).toBe(2);
    expect(cloud.state().dead).toBe(0);
    await time.until(() => fake.arrivals.length === arrived + 2);
    expect(fake.arrivals.at(-1)?.messages).toMatchObject([
      { gap: { first: 512, last: 512 } },
      { gap: { first: 513, last: 513 } },
    ]);
  });
});

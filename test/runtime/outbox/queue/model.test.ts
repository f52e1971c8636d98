import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../../runtime/base/index.ts';
import type { Item, LaneReader, Queue } from '../../../../runtime/outbox/queue/types.ts';
import { type Lane, LANES } from '../../../../runtime/outbox/schema.ts';
import { done, entry, queueIn, temporaryDirectory } from './support.ts';

/** A message that `append` has acknowledged. */
interface Taken {
  readonly payload: number;
  readonly ttl: number;
  readonly age: number;
  deleted: boolean;
}

const DESTINATIONS = ['a', 'b'] as const;
const ELSEWHERE = 'not sent to this destination';
const name = (destination: string, stream: string, sequence: number) => `${destination}/${stream}/${sequence}`;

/** A queue, and beside it plain tables of what was taken and of what came out. */
async function bench() {
  const root = await temporaryDirectory();
  const shift = { now: 0 };
  const clock: Clock = {
    ...systemClock,
    now: () => systemClock.now() + shift.now,
    monotonic: () => systemClock.monotonic() + shift.now,
  };
  const options = { clock, lingerMs: 0, chunkMessages: 7 };
  let runs = 0;
  let directory = join(root, '0');
  await mkdir(directory);
  let queue: Queue = await queueIn(directory, options);
  let payload = 0;
  const taken = new Map<string, Taken>();
  const out = new Map<string, 'message' | 'gap' | 'dead'>();
  const delivered = new Map<string, number>();
  let readers = new Map<string, { reader: LaneReader; waiting: Item[] }>();
  let dropping = false;

  const check = (destination: string, item: Item) => {
    const { stream, gap, sequence, letter } = item;
    if (!gap) {
      const at = name(destination, stream, sequence);
      const message = taken.get(at);
      expect(JSON.parse(item.body), at).toEqual({ payload: message?.payload, key: { gateway: 'g', stream, sequence } });
      // In order: what comes again after a crash comes in order as well.
      if (letter === undefined) {
        const before = delivered.get(`${destination}/${stream}`) ?? 0;
        expect(sequence, `${at} after ${before}`).toBe(before === 0 ? sequence : Math.max(before + 1, sequence));
        delivered.set(`${destination}/${stream}`, sequence);
      }
      out.set(at, 'message');
      return;
    }
    for (let number = gap.first; number <= gap.last; number += 1) {
      const at = name(destination, stream, number);
      const message = taken.get(at);
      if (gap.reason === ELSEWHERE) expect(message, at).toBeUndefined();
      if (!message) continue;
      if (gap.reason === 'expired') {
        expect(message.ttl, at).toBeGreaterThan(0);
        expect(message.age + message.ttl, at).toBeLessThanOrEqual(clock.monotonic() + 60_000);
      } else if (gap.reason === 'deleted by hand') expect(message.deleted, at).toBe(true);
      else expect(dropping, `${at} ${gap.reason}`).toBe(true);
      if (out.get(at) !== 'message') out.set(at, 'gap');
    }
    if (gap.reason !== 'deleted by hand') delivered.set(`${destination}/${stream}`, gap.last);
  };

  const forgetSession = () => {
    readers = new Map();
    delivered.clear();
  };

  const read = async (destination: string, lane: Lane) => {
    const at = `${destination}/${lane}`;
    const held = readers.get(at) ?? { reader: queue.reader(destination, lane), waiting: [] };
    readers.set(at, held);
    const items = await held.reader.next();
    for (const item of items) check(destination, item);
    held.waiting.push(...items);
    return { held, came: items.length };
  };

  return {
    async append(count: number, destination: string, stream: string, lane: Lane, ttl: number) {
      const payloads = Array.from({ length: count }, () => ++payload);
      const age = clock.monotonic();
      const results = await Promise.all(
        payloads.map((one) => queue.append(entry(one, { destination, stream, lane, ttl })).catch(() => undefined)),
      );
      results.forEach((result, index) => {
        if (!result) return;
        const at = name(destination, stream, result.key.sequence);
        for (const other of DESTINATIONS) expect(taken.has(name(other, stream, result.key.sequence)), at).toBe(false);
        taken.set(at, { payload: payloads[index] ?? 0, ttl, age, deleted: false });
      });
    },
    async acknowledge(destination: string, lane: Lane, share: number, refuse: boolean) {
      const { held } = await read(destination, lane);
      const items = held.waiting.splice(0, Math.ceil(held.waiting.length * share));
      if (items.length === 0) return;
      const refused = items.filter(({ gap }, index) => refuse && !gap && index % 3 === 0);
      const acknowledgement = done(items, { refused: refused.map((item) => ({ item, code: 'NO', reason: 'no' })) });
      const letters = acknowledgement.letters.filter((id) => !refused.some(({ letter }) => letter === id));
      await queue.acknowledge(destination, lane, { ...acknowledgement, letters });
    },
    async wait(ms: number) {
      shift.now += ms;
      await queue.expire();
    },
    retry: (destination: string) => queue.retryDead(destination),
    async remove(destination: string) {
      for (const { stream, sequence, again } of await queue.deadLetters({ destination, limit: 1_000 })) {
        const message = taken.get(name(destination, stream, sequence));
        if (message && !again) message.deleted = true;
      }
      await queue.removeDead(destination);
    },
    /** Full from now on: the oldest make room. */
    squeeze(destination: string, bytes: number) {
      dropping = true;
      queue.setQuota(destination, { maxBytes: bytes, whenFull: 'drop-oldest' });
    },
    async crash() {
      const next = join(root, String(++runs));
      await mkdir(next);
      for (const suffix of ['', '-wal']) {
        const file = join(directory, `outbox.sqlite${suffix}`);
        if (existsSync(file)) await copyFile(file, join(next, `outbox.sqlite${suffix}`));
      }
      await queue.close();
      directory = next;
      forgetSession();
      queue = await queueIn(directory, options);
      expect(queue.warning).toBeUndefined();
    },
    async reopen() {
      await queue.close();
      forgetSession();
      queue = await queueIn(directory, options);
    },
    /** Everything comes out; then all that was taken is accounted for. */
    async settle() {
      for (const destination of DESTINATIONS) {
        for (const lane of LANES) {
          for (;;) {
            const { held, came } = await read(destination, lane);
            if (held.waiting.length > 0) await queue.acknowledge(destination, lane, done(held.waiting.splice(0)));
            if (came === 0) break;
          }
        }
        expect(queue.backlog(destination).map(({ depth, bytes }) => depth + bytes)).toEqual(
          queue.backlog(destination).map(() => 0),
        );
      }
      for (const { destination, stream, sequence } of await queue.deadLetters({ limit: 10_000 })) {
        out.set(name(destination, stream, sequence), 'dead');
      }
      for (const at of taken.keys()) expect(out.has(at), `${at} is lost`).toBe(true);
      for (const stream of await queue.ledger()) {
        expect(stream.acknowledged).toBe(stream.appended);
        for (const { first, last } of stream.gaps) {
          for (let number = first; number <= last; number += 1) {
            const at = out.get(name(stream.destination, stream.stream, number));
            expect(at, `${stream.destination}/${stream.stream}/${number}`).not.toBe('dead');
          }
        }
      }
      await queue.close();
    },
  };
}

type Bench = Awaited<ReturnType<typeof bench>>;
/** One call of the bench, shown as such where it fails. */
class Step {
  private readonly what: keyof Bench;
  private readonly args: readonly unknown[];
  constructor(what: keyof Bench, args: readonly unknown[]) {
    this.what = what;
    this.args = args;
  }
  run(bench: Bench): Promise<unknown> {
    return (bench[this.what] as (...args: readonly unknown[]) => Promise<unknown>)(...this.args);
  }
  toString(): string {
    return `${this.what}(${this.args.map((one) => JSON.stringify(one)).join(', ')})`;
  }
}
const as =
  (what: keyof Bench) =>
  (args: readonly unknown[]): Step =>
    new Step(what, args);

const destination = fc.constantFrom(...DESTINATIONS);
const stream = fc.constantFrom('x', 'y', 'z');
const lane = fc.constantFrom(...LANES);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 25 }), destination, stream, lane, fc.constantFrom(0, 0, 3_600_000))
      .map(as('append')),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(destination, lane, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean())
      .map(as('acknowledge')),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(60_000, 4_000_000)).map(as('wait')) },
  { weight: 1, arbitrary: fc.tuple(destination).map(as('retry')) },
  { weight: 1, arbitrary: fc.tuple(destination).map(as('remove')) },
  { weight: 1, arbitrary: fc.tuple(destination, fc.constant(2_500)).map(as('squeeze')) },
  { weight: 2, arbitrary: fc.constant([]).map(as('crash')) },
  { weight: 1, arbitrary: fc.constant([]).map(as('reopen')) },
);

it('accounts for every message that it took, whatever is done to it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const it = await bench();
      for (const one of steps) await one.run(it);
      await it.settle();
    }),
    { numRuns: Number(process.env['MILLRACE_TEST_RUNS'] ?? 12) },
  );
}, 900_000);

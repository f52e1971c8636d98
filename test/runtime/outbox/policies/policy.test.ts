import { describe, expect, it } from 'vitest';
import { createPolicy } from '../../../../runtime/outbox/policies/policy.ts';
import { sending, type Lane } from '../../../../runtime/outbox/schema.ts';
import type { Waiting } from '../../../../runtime/outbox/policies/types.ts';
import type { z } from 'zod';

const HOUR = 3_600_000;

interface Sent {
  readonly lane: Lane;
  readonly messages: number;
  readonly bytes: number;
  /** ms since the begin */
  readonly at: number;
}

/** Lanes that fill and empty, a link that acknowledges at once, and time that goes by only where nothing may be sent. */
function bench(settings: z.input<typeof sending>, { epoch = 0, timezone = 'Europe/Berlin', size = 100 } = {}) {
  let elapsed = 0;
  let wall = epoch;
  const clock = { now: () => wall + elapsed, monotonic: () => elapsed };
  const policy = createPolicy({ sending: sending.parse(settings), clock, timezone });
  const lanes = new Map<Lane, { times: number[]; position: number }>(
    (['alarm', 'live', 'bulk'] as const).map((lane) => [lane, { times: [], position: 0 }]),
  );
  const sent: Sent[] = [];
  const laneOf = (lane: Lane) => lanes.get(lane) ?? { times: [], position: 0 };
  const waiting = () =>
    [...lanes].map(([lane, { times, position }]): Waiting => {
      const messages = times.length;
      const age = Math.max(0, clock.now() - (times[0] ?? clock.now()));
      return { lane, messages, bytes: messages * size, age, position, first: messages > 0 ? size : 0 };
    });
  return {
    sent,
    clock,
    set: (time: number) => void (wall = time - elapsed),
    put(lane: Lane, count = 1) {
      for (let n = 0; n < count; n++) laneOf(lane).times.push(clock.now());
    },
    waits: (lane: Lane) => laneOf(lane).times.length,
    /** Sends what may be sent in the next `ms`. @returns what it was held by at the end */
    run(ms: number) {
      const end = elapsed + ms;
      for (;;) {
        const next = policy.next(waiting());
        if (!next) return void (elapsed = end);
        const { lane, verdict } = next;
        if ('at' in verdict) {
          if (verdict.at > end) {
            elapsed = end;
            return verdict;
          }
          if (verdict.at <= elapsed) throw new Error('told to wait for a time that has come');
          elapsed = verdict.at;
          continue;
        }
        const one = laneOf(lane);
        const messages = Math.max(
          1,
          Math.min(one.times.length, verdict.send.messages, Math.floor(verdict.send.bytes / size)),
        );
        one.times.splice(0, messages);
        one.position += messages;
        sent.push({ lane, messages, bytes: messages * size, at: elapsed });
        policy.spent(lane, messages * size);
      }
    },
    jump: (ms: number) => void (elapsed += ms),
  };
}

const sum = (sent: readonly Sent[]) => sent.reduce((bytes, one) => bytes + one.bytes, 0);

describe('sending as messages come', () => {
  it('takes an alarm first, and lets live and bulk share by four to one', () => {
    const link = bench({ bytesPerSecond: 1_000 });
    link.put('bulk', 5_000);
    link.put('live', 5_000);
    link.run(10_000);
    link.put('alarm', 3);
    const before = link.sent.length;
    link.run(0);
    expect(link.sent.slice(before).map(({ lane }) => lane)).toEqual(['alarm']);
    link.run(90_000);
    const of = (lane: Lane) => sum(link.sent.filter((one) => one.lane === lane));
    expect(of('alarm')).toBe(300);
    expect(of('live') / of('bulk')).toBeGreaterThan(3.5);
    expect(of('live') / of('bulk')).toBeLessThan(4.5);
  });

  it('gives a lane that was idle no more than its share afterwards', () => {
    const link = bench({ bytesPerSecond: 1_000 });
    link.put('live', 1_000);
    link.run(100_000);
    const before = link.sent.length;
    link.put('live', 1_000);
    link.put('bulk', 1_000);
    link.run(50_000);
    const bulk = sum(link.sent.slice(before).filter(({ lane }) => lane === 'bulk'));
    expect(bulk).toBeGreaterThan(8_000);
    expect(bulk).toBeLessThan(13_000);
  });
});

describe('a batch', () => {
  const when = 'batch';

  it('goes out when it is full by count or by bytes, whichever is first', () => {
    const count = bench({ when, messages: 50, bytes: 100_000, seconds: 3_600 });
    count.put('live', 49);
    expect(count.run(1_000)).toMatchObject({ reason: 'batch' });
    count.put('live', 52);
    count.run(1_000);
    expect(count.sent.map(({ messages }) => messages)).toEqual([50, 50]);
    const bytes = bench({ when, messages: 50, bytes: 2_000, seconds: 3_600 });
    bytes.put('live', 45);
    bytes.run(1_000);
    expect(bytes.sent.map(({ messages }) => messages)).toEqual([20, 20]);
  });

  it('goes out when its oldest is old enough, also where the clock was set back by years in between', () => {
    const link = bench({ when, messages: 50, seconds: 60 }, { epoch: Date.UTC(2026, 0, 1) });
    link.put('live', 3);
    expect(link.run(59_999)).toMatchObject({ reason: 'batch', until: Date.UTC(2026, 0, 1, 0, 1) });
    link.run(1);
    expect(link.sent.map(({ messages }) => messages)).toEqual([3]);
    link.put('live', 4);
    link.run(10_000);
    link.set(Date.UTC(2019, 0, 1));
    link.put('live', 4);
    link.run(50_000);
    expect(link.sent.map(({ messages }) => messages)).toEqual([3, 8]);
  });

  it('holds no alarm back', () => {
    const link = bench({ when, messages: 50, seconds: 3_600 });
    link.put('live', 3);
    link.put('alarm', 1);
    link.run(0);
    expect(link.sent).toEqual([{ lane: 'alarm', messages: 1, bytes: 100, at: 0 }]);
  });
});

describe('a schedule', () => {
  const nightly = { when: 'schedule', cron: '30 2 * * *', messages: 1_000 } as const;

  it('sends at its time everything that waits then, and what comes later at the next', () => {
    const link = bench(nightly, { epoch: Date.parse('2026-06-01T12:00:00+02:00') });
    link.put('live', 2_500);
    link.put('bulk', 10);
    expect(link.run(HOUR)).toMatchObject({ reason: 'schedule', until: Date.parse('2026-06-02T02:30:00+02:00') });
    link.put('alarm', 1);
    link.run(12 * HOUR);
    expect(link.sent.map(({ lane }) => lane)).toEqual(['alarm']);
    link.run(2 * HOUR);
    expect(sum(link.sent)).toBe(100 * 2_511);
    expect(link.sent.slice(1).every(({ at }) => at === 14.5 * HOUR)).toBe(true);
    link.put('live', 1);
    link.run(20 * HOUR);
    expect(link.waits('live')).toBe(1);
    link.run(4 * HOUR);
    expect(link.waits('live')).toBe(0);
  });

  it('comes once in the night in which the clocks are put forward, and once when they are put back', () => {
    for (const [day, times] of [
      ['2026-03-28T12:00:00Z', ['2026-03-29T01:00:00Z', '2026-03-30T00:30:00Z']],
      ['2026-10-24T12:00:00Z', ['2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z']],
    ] as const) {
      const epoch = Date.parse(day);
      const link = bench(nightly, { epoch });
      for (let hour = 0; hour < 48; hour++) {
        link.put('live', 1);
        link.run(HOUR);
      }
      const at = [...new Set(link.sent.map((one) => epoch + one.at))];
      expect(at).toEqual(times.map((time) => Date.parse(time)));
    }
  });

  it('makes up for a time that it has missed, and not for one before the messages came', () => {
    const link = bench(nightly, { epoch: Date.parse('2026-06-01T12:00:00+02:00') });
    link.put('live', 3);
    link.set(Date.parse('2026-06-03T09:00:00+02:00'));
    link.run(0);
    expect(link.waits('live')).toBe(0);
    link.put('live', 3);
    link.run(HOUR);
    expect(link.waits('live')).toBe(3);
  });

  it('sends once when the clock jumps over years, and goes on by the clock as it then is when it jumps back', () => {
    const link = bench(nightly, { epoch: Date.parse('1970-01-01T00:00:00Z') });
    link.put('live', 3);
    link.run(10_000);
    link.set(Date.parse('2026-06-01T12:00:00+02:00'));
    link.run(60_000);
    expect(link.sent.map(({ messages }) => messages)).toEqual([3]);
    link.put('live', 4);
    link.run(HOUR);
    link.set(Date.parse('2020-06-01T12:00:00+02:00'));
    link.put('live', 4);
    link.run(14 * HOUR);
    expect(link.waits('live')).toBe(8);
    link.run(HOUR);
    expect(link.sent.map(({ messages }) => messages)).toEqual([3, 8]);
  });
});

describe('a metered link', () => {
  it('takes no more than its budget in any hour, without a trickle of small batches', () => {
    const link = bench({ bytesPerHour: 1_000_000 }, { size: 250 });
    const random = mulberry(7);
    for (let minute = 0; minute < 600; minute++) {
      link.put(random() < 0.3 ? 'bulk' : 'live', Math.floor(random() * 160));
      link.run(60_000);
    }
    for (const { at } of link.sent) {
      expect(sum(link.sent.filter((one) => one.at >= at && one.at < at + HOUR))).toBeLessThanOrEqual(1_000_000);
    }
    expect(sum(link.sent)).toBeGreaterThan(9 * 900_000 * 0.8);
    expect(link.sent.filter(({ lane }) => lane === 'bulk').length).toBeGreaterThan(10);
  });

  it('lets an alarm through when the budget is spent, and counts it', () => {
    const link = bench({ bytesPerHour: 10_000 });
    link.put('live', 150);
    expect(link.run(60_000)).toMatchObject({ reason: 'budget', until: HOUR });
    link.put('alarm', 20);
    link.run(0);
    expect(link.waits('alarm')).toBe(0);
    link.run(2 * HOUR);
    expect(link.waits('live')).toBe(0);
  });

  it('sends what is larger than a whole budget when nothing else was sent, and pays for it', () => {
    const link = bench({ bytesPerHour: 1_000 }, { size: 2_500 });
    link.put('live', 3);
    link.run(10 * HOUR);
    expect(link.sent.map(({ at }) => at / HOUR)).toEqual([0, 2.5, 5]);
  });
});

describe('a bandwidth', () => {
  it('is kept on the average, with whole batches and with single messages', () => {
    for (const settings of [{ when: 'batch', messages: 100 }, { when: 'each' }] as const) {
      const link = bench({ ...settings, bytesPerSecond: 2_000 });
      link.put('live', 2_000);
      link.run(50_000);
      expect(sum(link.sent)).toBeGreaterThanOrEqual(98_000);
      expect(sum(link.sent)).toBeLessThanOrEqual(112_000);
    }
  });

  it('lets an alarm overtake a debt', () => {
    const link = bench({ bytesPerSecond: 100, when: 'batch', messages: 100 });
    link.put('live', 1_000);
    expect(link.run(1_000)).toMatchObject({ reason: 'bandwidth' });
    link.put('alarm', 1);
    link.run(0);
    expect(link.waits('alarm')).toBe(0);
  });
});

/** Numbers in [0, 1) that are the same in every run. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

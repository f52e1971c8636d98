import { describe, expect, it } from 'vitest';
import {
  destinationWords,
  dropWords,
  lookOf,
  rateWords,
  readable,
  timeWords,
} from '../../../editor/look/outbox-words.ts';
import type { DestinationRow } from '../../../runtime/messages/index.ts';

const now = new Date(2026, 10, 21, 14, 30).getTime();
const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
const calm: DestinationRow = {
  ...{ id: 'a', name: 'cloud', address: 'mqtt://x', kind: 'mqtt', served: true, connected: true, paused: false },
  ...{ depth: 0, bytes: 0, oldestMs: 0, sent: 12, rate: 1, dead: 0, failures: 0, lanes: [], dropped: [], course: [] },
};
const say = (change: Partial<DestinationRow>) => destinationWords({ ...calm, ...change }, now);
const problem = { code: 'X', title: 'not connected', message: '', hint: '', since: now - 28 * MINUTE };

describe('the sentence about a destination', () => {
  it('says that all is well, or how long it will take', () => {
    expect(say({})).toBe('Everything delivered');
    expect(say({ sent: 0 })).toBe('Connected: nothing to send yet');
    expect(say({ depth: 3 })).toBe('Sending: 3 wait');
    expect(say({ depth: 1200, rate: 10 })).toBe('1,200 wait: sending, done in about 2 min');
    expect(say({ dead: 1 })).toBe('Nothing waits, but 1 message was refused');
    expect(say({ connected: false, depth: 1 })).toBe('1 waits: connecting …');
  });

  it('says what is wrong, since when, and when it is tried again', () => {
    const away = { connected: false, depth: 12_300, problem };
    expect(say({ ...away, retryAt: now + 20 * SECOND })).toBe(
      '12,300 wait: not connected since 14:02, next try in 20 s',
    );
    expect(say({ ...away, retryAt: now + 10 * MINUTE, circuit: 'open' })).toBe(
      '12,300 wait: not connected since 14:02, it is tried seldom now: next try in 10 min',
    );
    expect(say({ ...away, retryAt: now - 5 })).toBe('12,300 wait: not connected since 14:02, trying now');
    expect(say({ ...away, depth: 0 })).toBe('Nothing waits: not connected since 14:02');
    expect(lookOf({ ...calm, ...away })).toBe('problem');
  });

  it('says who or what holds it back, where nothing is wrong', () => {
    expect(say({ paused: true, depth: 7 })).toBe('Paused by you: 7 wait');
    // Somebody stopped it: that there is no connection is no news.
    expect(say({ paused: true, problem, connected: false })).toBe('Paused by you: nothing waits');
    const night = new Date(2026, 10, 22, 2, 0).getTime();
    expect(say({ depth: 7, holding: { reason: 'schedule', until: night } })).toBe(
      '7 wait for the schedule: tomorrow 02:00',
    );
    expect(say({ depth: 7, holding: { reason: 'batch', until: now + 40 * SECOND } })).toBe(
      '7 wait for a full batch, at most 40 s longer',
    );
    expect(say({ depth: 7, holding: { reason: 'budget', until: now + HOUR / 2 } })).toBe(
      '7 wait: this hour’s budget is used up, on again at 15:00',
    );
    expect(say({ depth: 7, holding: { reason: 'bandwidth' } })).toBe('7 wait: sending as fast as the bandwidth allows');
    expect(say({ served: false, depth: 7 })).toBe('7 wait, and no node sends to it');
    expect(lookOf({ ...calm, served: false, depth: 7 })).toBe('problem');
    expect(lookOf({ ...calm, paused: true })).toBe('held');
  });
});

describe('the words of the outbox', () => {
  it('name the day where it is not today', () => {
    expect(timeWords(now - 23 * HOUR, now)).toBe('yesterday 15:30');
    expect(timeWords(now - 100 * HOUR, now)).toBe('17 Nov 10:30');
  });

  it('say what it means that messages were dropped, also for a reason that they do not know', () => {
    expect(dropWords('expired', 1)).toBe('1 message: it waited longer than its time to live');
    expect(dropWords('expired', 1200)).toBe('1,200 messages: they waited longer than their time to live');
    expect(dropWords('lost at sea', 2)).toBe('2 messages: lost at sea');
  });

  it('give a rate that a person can picture, and a message that one can read', () => {
    expect([0, 0.05, 0.5, 4.23, 1234].map(rateWords)).toEqual(['–', '3 /min', '30 /min', '4.2 /s', '1,234 /s']);
    expect(readable('{"a":{"b":1}}')).toBe('{\n  "a": {\n    "b": 1\n  }\n}');
    expect(readable('{"a":')).toBe('{"a":');
  });
});

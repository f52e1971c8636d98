import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vitals } from '../../../../runtime/messages/index.ts';
import { createCourse } from '../../../../runtime/rollout/health/course.ts';
import { judgeHealth } from '../../../../runtime/rollout/health/judge.ts';
import { measureOf } from '../../../../runtime/rollout/health/measure.ts';
import { vitalsAt } from '../deploy/rig.ts';

/** So many seconds, as `stated` says at each. */
const course = (seconds: number, stated: (uptime: number) => Partial<Vitals> = () => ({})): Vitals[] =>
  Array.from({ length: seconds }, (_, i) => vitalsAt(1_000 * (i + 1), stated(1_000 * (i + 1))));
const reasons = (vitals: readonly Vitals[], before?: readonly Vitals[]) =>
  judgeHealth(vitals, before && measureOf(before)).reasons.join();
const outbox = (stated: Partial<Vitals['outbox']>) => ({
  outbox: { depth: 50, oldestMs: 9_000, sent: 7, failures: 0, unreachable: 0, ...stated },
});

describe('a new bundle’s health', () => {
  it('is good while nothing speaks against it', () => {
    expect(judgeHealth([])).toEqual({ healthy: true, reasons: [] });
    expect(judgeHealth(course(300))).toEqual({ healthy: true, reasons: [] });
  });

  it('is bad at once where a model gives other results than it gave where it was made', () => {
    const vectors = { checked: 3, failed: ['pump-health'] };
    expect(reasons([vitalsAt(1_000, { vectors })])).toContain('the model "pump-health"');
  });

  it('is bad where its models are not checked for a long time', () => {
    const vectors = { checked: 1, failed: [], pending: 2 };
    expect(reasons(course(600, () => ({ vectors })))).toBe('');
    expect(reasons(course(1_200, () => ({ vectors })))).toContain('2 of its models are not checked');
  });

  it('is bad at once where a node is missing that the bundle before had, or did not need', () => {
    const missing = (...types: string[]) => course(60, () => ({ missing: types }));
    expect(reasons(missing('gauge'))).toContain('"gauge"');
    expect(reasons(missing('gauge', 'dial'), missing('gauge'))).toBe('nodes of the type "dial" are not installed');
    expect(reasons(missing('gauge'), missing('gauge'))).toBe('');
  });

  it('is bad where the event loop stands still, but not for a moment, and not while it starts', () => {
    expect(reasons(course(120, () => ({ lag: 900 })))).toContain('900 ms at a time');
    expect(reasons(course(120, (uptime) => ({ lag: uptime === 60_000 ? 5_000 : 30 })))).toBe('');
    expect(reasons(course(120, (uptime) => ({ lag: uptime < 20_000 ? 5_000 : 30 })))).toBe('');
    const slow = course(120, () => ({ lag: 400 }));
    expect(
      reasons(
        course(120, () => ({ lag: 900 })),
        slow,
      ),
    ).toBe('');
  });

  it('is bad where it has many errors, unless the bundle before had them too', () => {
    const errors = (perMinute: number) =>
      course(120, (uptime) => ({ errors: Math.round((perMinute * uptime) / 60_000) }));
    expect(reasons(errors(5))).toBe('');
    expect(reasons(errors(40))).toMatch(/errors a minute .there is no bundle before it/);
    expect(reasons(errors(40), errors(2))).toMatch(/errors a minute .* with the bundle before/);
    expect(reasons(errors(40), errors(20))).toBe('');
  });

  it('is bad before half a minute is over where errors pour in', () => {
    expect(reasons(course(5, (uptime) => ({ errors: uptime })))).toContain('5000 errors in 5 s');
  });

  it('is bad where nothing gets through to destinations that answer', () => {
    const failing = course(120, (uptime) => outbox({ failures: uptime / 1_000 }));
    expect(reasons(failing)).toContain('its outbox does not drain: 50 messages wait');
    expect(reasons(failing, failing)).toBe('');
  });

  it('is not held against it that the network is gone, or that a schedule holds messages back', () => {
    expect(reasons(course(120, (uptime) => outbox({ failures: uptime / 1_000, unreachable: 1 })))).toBe('');
    expect(reasons(course(120, () => outbox({})))).toBe('');
    expect(reasons(course(120, (uptime) => outbox({ failures: uptime / 1_000, sent: uptime })))).toBe('');
  });
});

const arbitraryVitals = fc.record({
  lag: fc.nat(3_000),
  errors: fc.nat(50),
  missing: fc.subarray(['gauge', 'dial']),
  failed: fc.boolean(),
  depth: fc.nat(100),
  failures: fc.nat(3),
  sent: fc.nat(3),
  unreachable: fc.nat(1),
});
const arbitraryCourse = fc.array(arbitraryVitals, { minLength: 61, maxLength: 200 }).map((seconds) => {
  let [errors, failures, sent] = [0, 0, 0];
  return seconds.map((each, i) => {
    errors += each.errors;
    failures += each.failures;
    sent += each.sent;
    return vitalsAt(1_000 * (i + 1), {
      ...{ errors, lag: each.lag, missing: each.missing },
      ...outbox({ depth: each.depth, failures, sent, unreachable: each.unreachable }),
    });
  });
});

describe('whatever the course', () => {
  it('a bundle that does just as the one before it is well', () => {
    fc.assert(
      fc.property(arbitraryCourse, (vitals) => {
        expect(judgeHealth(vitals, measureOf(vitals))).toEqual({ healthy: true, reasons: [] });
      }),
    );
  });

  it('it is unhealthy exactly where there is a reason, and a worse one before it never makes it unhealthy', () => {
    fc.assert(
      fc.property(arbitraryCourse, arbitraryCourse, (vitals, before) => {
        const judged = judgeHealth(vitals, measureOf(before));
        expect(judged.healthy).toBe(judged.reasons.length === 0);
        if (judged.healthy) return;
        const worse = measureOf(
          before.map((each) => ({ ...each, lag: each.lag + 9_000, errors: each.errors * 1_000 })),
        );
        expect(judgeHealth(vitals, worse).reasons.length).toBeLessThanOrEqual(judged.reasons.length);
      }),
    );
  });

  it('keeping it in bounded room changes little: not the beginning, not the end, not the worst', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5_000), { minLength: 1, maxLength: 3_000 }), (lags) => {
        const kept = createCourse();
        const all = lags.map((lag, i) => vitalsAt(1_000 * (i + 1), { lag, rss: lag, errors: i }));
        for (const vitals of all) kept.add(vitals);
        expect(kept.vitals.length).toBeLessThanOrEqual(600);
        expect(kept.vitals[0]).toEqual(all[0]);
        expect(kept.vitals.at(-1)?.errors).toBe(all.at(-1)?.errors);
        expect(Math.max(...kept.vitals.map(({ lag }) => lag))).toBe(Math.max(...lags));
        const uptimes = kept.vitals.map(({ uptime }) => uptime);
        expect(uptimes).toEqual([...uptimes].sort((a, b) => a - b));
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { createDepthCourse } from '../../../runtime/outbox/depth-course.ts';
import { steppedClock } from './stepped-clock.ts';

describe('the course of a backlog', () => {
  it('keeps a bounded hour of a fast stream, and ends with what waits now', async () => {
    const clock = steppedClock();
    const course = createDepthCourse(clock);
    for (let i = 1; i <= 20_000; i++) {
      course.note(i);
      await clock.pass(500);
    }
    const { points } = course;
    expect(points.length).toBeGreaterThan(100);
    expect(points.length).toBeLessThan(250);
    expect(points.at(-1)).toEqual({ time: clock.now(), depth: 20_000 });
    // The first point may be a little older than the hour: it says how much waited at its beginning.
    expect(clock.now() - (points[1]?.time ?? 0)).toBeLessThanOrEqual(3_600_000);
  });

  it('stays where it was while nothing changes, also after a quick burst', async () => {
    const clock = steppedClock();
    const course = createDepthCourse(clock);
    course.note(9);
    course.note(0);
    await clock.pass(1_800_000);
    expect(course.points.map(({ depth }) => depth)).toEqual([0, 0]);
    // Also behind a point that stood only for a moment.
    course.note(7);
    await clock.pass(6_000);
    course.note(3);
    await clock.pass(1_200_000);
    course.note(4);
    expect(course.points.map(({ depth }) => depth)).toEqual([0, 7, 3, 4, 4]);
  });

  it('draws no line backwards when the clock is set', async () => {
    const clock = steppedClock();
    const course = createDepthCourse(clock);
    course.note(5);
    await clock.pass(60_000);
    clock.set(clock.now() - 10 * 365 * 86_400_000);
    course.note(6);
    await clock.pass(60_000);
    const times = course.points.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBe(120_000);
  });
});

import { describe, expect, it } from 'vitest';
import { createPace } from '../../../runtime/devices/virtual/pace.ts';
import { virtualTime } from './virtual-time.ts';

function start() {
  const time = virtualTime();
  const ticks: { elapsed: number; time: number }[] = [];
  const pace = createPace(time.clock, (elapsed, stamp) => ticks.push({ elapsed, time: stamp }));
  return { ...time, ticks, pace };
}

describe('the pace of a virtual board', () => {
  it('keeps every instant and its stamp when timers fire late', () => {
    const { pace, ticks, advance, lateBy } = start();
    lateBy(7);
    pace.set(10);
    advance(10_000);
    expect(ticks.map(({ elapsed }) => elapsed)).toEqual(ticks.map((_, i) => (i + 1) * 10));
    expect(ticks.length).toBeGreaterThanOrEqual(998);
    expect(ticks.map(({ time }) => time - 1_700_000_000_000)).toEqual(ticks.map(({ elapsed }) => elapsed));
  });

  it('makes up for a short stall, and leaves out the instants of a long one', () => {
    const { pace, ticks, advance, lateBy } = start();
    lateBy(300);
    pace.set(10);
    advance(600);
    expect(ticks.slice(0, 5).map(({ elapsed }) => elapsed)).toEqual([10, 20, 30, 40, 50]);
    lateBy(5000);
    pace.set(20);
    advance(6000);
    const after = ticks.filter(({ elapsed }) => elapsed > 600);
    expect(after.length).toBeLessThan(10);
    expect(new Set(after.map(({ elapsed }) => elapsed)).size).toBe(after.length);
  });

  it('lets the stamps jump with a clock that is set, and not the pace', () => {
    const { pace, ticks, advance, setClock } = start();
    pace.set(10);
    advance(100);
    setClock(3_600_000);
    advance(100);
    expect(ticks.map(({ elapsed }) => elapsed)).toEqual(ticks.map((_, i) => (i + 1) * 10));
    expect(ticks.at(-1)?.time).toBe(1_700_000_000_000 + 3_600_000 + 200);
  });

  it('leaves no timer when it stops', () => {
    const { pace, advance, timers } = start();
    pace.set(10);
    advance(50);
    pace.set(0);
    expect(timers.size).toBe(0);
  });
});

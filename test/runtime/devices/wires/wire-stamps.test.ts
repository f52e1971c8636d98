import { describe, expect, it } from 'vitest';
import { createWireStamps } from '../../../../runtime/devices/session/wire-stamps.ts';
import { virtualTime } from '../virtual-time.ts';

const INTERVAL = 10;

function start() {
  const time = virtualTime();
  const stamps = createWireStamps(time.clock);
  stamps.plan(INTERVAL);
  const begun = time.clock.now();
  /** A sample that is read `late` ms after it was taken. */
  const read = () => stamps.next(time.clock.now()) - begun;
  return { ...time, read };
}
const steps = (times: readonly number[]) => times.slice(1).map((time, i) => time - (times[i] ?? 0));

describe('the dates of samples from a wire', () => {
  it('are even, though the samples come in pieces', () => {
    const { read, advance } = start();
    const times: number[] = [];
    for (let piece = 0; piece < 50; piece++) {
      for (let sample = 0; sample < 4; sample++) times.push(read());
      advance(4 * INTERVAL);
    }
    expect(steps(times.slice(40)).every((step) => Math.abs(step - INTERVAL) <= 1)).toBe(true);
  });

  it('stay even where a delivery was held up for long', () => {
    const { read, advance } = start();
    const times: number[] = [];
    const one = () => {
      times.push(read());
      advance(INTERVAL);
    };
    for (let i = 0; i < 50; i++) one();
    advance(2000);
    for (let i = 0; i < 200; i++) times.push(read());
    for (let i = 0; i < 100; i++) one();
    expect(Math.max(...steps(times))).toBeLessThan(1.5 * INTERVAL);
  });

  it('show a gap where samples are missing, as long as it was', () => {
    const { read, advance } = start();
    const times: number[] = [];
    for (let i = 0; i < 50; i++) {
      times.push(read());
      advance(INTERVAL);
    }
    advance(500);
    for (let i = 0; i < 100; i++) {
      times.push(read());
      advance(INTERVAL);
    }
    const gaps = steps(times).filter((step) => step > 1.5 * INTERVAL);
    expect(gaps).toHaveLength(1);
    expect(gaps[0]).toBeGreaterThan(500 - INTERVAL);
    expect(gaps[0]).toBeLessThan(500 + 2 * INTERVAL);
    expect(times.at(-1)).toBeGreaterThan(50 * INTERVAL + 500 + 98 * INTERVAL);
  });

  it('are never later than the reading, and follow a board whose clock is not quite ours', () => {
    const { read, advance, clock } = start();
    const begun = clock.now();
    for (let i = 0; i < 2000; i++) {
      expect(read()).toBeLessThan(clock.now() - begun + 1);
      advance(INTERVAL * (i < 1000 ? 0.99 : 1.01));
    }
    expect(clock.now() - begun - read()).toBeLessThan(50);
  });
});

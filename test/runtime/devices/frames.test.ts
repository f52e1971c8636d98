import { describe, expect, it } from 'vitest';
import { createFrames, type Frame } from '../../../runtime/devices/session/frames.ts';
import { virtualTime } from './virtual-time.ts';

function start() {
  const { clock, advance } = virtualTime();
  const frames: Frame[] = [];
  const assembler = createFrames(clock, (frame) => frames.push(frame));
  assembler.plan([2, 0], 10);
  /** One instant as a board sends it: channel by channel. */
  const instant = (values: Readonly<Record<number, number>>) => {
    advance(10);
    for (const [channel, count] of Object.entries(values)) assembler.take(Number(channel), count, clock.now());
  };
  return { ...assembler, frames, instant, advance };
}

describe('frames of several channels', () => {
  it('lists one instant in the order that was asked for', () => {
    const { frames, instant } = start();
    instant({ 0: 10, 1: 11, 2: 12 });
    instant({ 0: 20, 1: 21, 2: 22 });
    expect(frames.map(({ counts, missing }) => ({ counts, missing }))).toEqual([
      { counts: [12, 10], missing: 0 },
      { counts: [22, 20], missing: 0 },
    ]);
    expect((frames[1]?.time ?? 0) - (frames[0]?.time ?? 0)).toBe(10);
  });

  it('never mixes two instants: one that lacks a channel is left out and counted', () => {
    const { frames, instant } = start();
    instant({ 0: 10, 2: 12 });
    instant({ 0: 20 });
    instant({ 0: 30, 2: 32 });
    expect(frames.map(({ counts, missing }) => ({ counts, missing }))).toEqual([
      { counts: [12, 10], missing: 0 },
      { counts: [32, 30], missing: 1 },
    ]);
  });

  it('counts what is missing after a silence, and nothing after a late delivery', () => {
    const { frames, instant, take, advance } = start();
    instant({ 0: 1, 2: 2 });
    advance(50);
    instant({ 0: 1, 2: 2 });
    expect(frames.at(-1)?.missing).toBe(5);
    const { time = 0 } = frames.at(-1) ?? {};
    advance(30);
    for (const late of [10, 20, 30]) {
      take(0, 5, time + late);
      take(2, 5, time + late);
    }
    expect(frames.slice(-3).map(({ missing }) => missing)).toEqual([0, 0, 0]);
  });
});

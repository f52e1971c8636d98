import { describe, expect, it } from 'vitest';
import { createFrames, type Frame } from '../../../runtime/devices/session/frames.ts';
import { virtualTime } from './virtual-time.ts';

function start() {
  const { clock, advance } = virtualTime();
  const frames: Frame[] = [];
  const assembler = createFrames(clock, (frame) => frames.push(frame));
  const analog = (key: string) => ({ key, width: 1 });
  assembler.plan([analog('2'), analog('0')], ['0', '2'], 10);
  /** One instant as a board sends it: channel by channel. */
  const instant = (values: Readonly<Record<number, number>>) => {
    advance(10);
    for (const [channel, count] of Object.entries(values)) assembler.take(channel, [count], clock.now());
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
      take('0', [5], time + late);
      take('2', [5], time + late);
    }
    expect(frames.slice(-3).map(({ missing }) => missing)).toEqual([0, 0, 0]);
  });

  it('puts the words of a chip beside the pins of the same instant, in the order that was asked for', () => {
    const { clock } = virtualTime();
    const frames: Frame[] = [];
    const { plan, take } = createFrames(clock, (frame) => frames.push(frame));
    plan(
      [
        { key: 'chip', width: 3 },
        { key: '1', width: 1 },
      ],
      ['1', 'chip'],
      10,
    );
    const words = [-5, 0, 7];
    take('1', [100], 1000);
    take('chip', words, 1000);
    // Somebody else reads the same chip.
    take('chip', words, 1000);
    take('1', [200], 1010);
    take('chip', [], 1010);
    take('1', [300], 1020);
    take('chip', words, 1020);
    expect(frames.map(({ time, counts }) => ({ time, counts }))).toEqual([
      { time: 1000, counts: [-5, 0, 7, 100] },
      { time: 1020, counts: [-5, 0, 7, 300] },
    ]);
  });

  it('counts what is missing, too, when a chip that fell silent is left out of them', () => {
    const { clock, advance } = virtualTime();
    const frames: Frame[] = [];
    const { plan, take } = createFrames(clock, (frame) => frames.push(frame));
    const pin = { key: '0', width: 1 };
    plan([pin, { key: 'chip', width: 1 }], ['0', 'chip'], 10);
    take('0', [1], clock.now());
    take('chip', [1], clock.now());
    for (let instant = 0; instant < 100; instant++) {
      advance(10);
      take('0', [2], clock.now());
      take('chip', [], clock.now());
    }
    plan([pin], ['0'], 10);
    advance(10);
    take('0', [3], clock.now());
    expect(frames.map(({ missing }) => missing)).toEqual([0, 100]);
    // Nobody reads for a while: whoever comes then misses nothing.
    plan([], [], 10);
    advance(1000);
    plan([pin], ['0'], 10);
    take('0', [4], clock.now());
    expect(frames.at(-1)).toMatchObject({ counts: [4], missing: 0 });
  });

  it('gives a chip alone its frames, one an instant', () => {
    const { clock } = virtualTime();
    const frames: Frame[] = [];
    const { plan, take } = createFrames(clock, (frame) => frames.push(frame));
    plan([{ key: 'chip', width: 1 }], ['chip'], 5);
    for (const time of [5, 5, 10, 15, 15]) take('chip', [time], time);
    expect(frames.map(({ time }) => time)).toEqual([5, 10, 15]);
  });
});

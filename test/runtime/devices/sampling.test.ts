import { expect, it } from 'vitest';
import { createSampling } from '../../../runtime/devices/sampling.ts';
import type { Sample } from '../../../runtime/devices/types.ts';

function start() {
  const sampling = createSampling(5);
  let time = 1000;
  /** What comes `passed` ms, by its stamp, after the frame before. */
  const frame = (passed: number, { interval = 10, missing = 0, count = 0 } = {}) =>
    sampling.frame({ kind: 'frame', time: (time += passed), counts: [count], missing, interval, pins: ['A0'] });
  const read = (period: number) => {
    const samples: Sample[] = [];
    sampling.add([{ name: 'x', pin: 'A0', kind: 'volts' }], period, { next: (sample) => samples.push(sample) });
    return samples;
  };
  return { frame, read };
}
const missing = (samples: readonly Sample[]) => samples.map((sample) => sample.missing);

it('a reader at the pace of its board gets every sample, however the stamps of a wire wander', () => {
  const { frame, read } = start();
  const samples = read(10);
  const steps = [0, 10, 6, 4, 10, 3, 0, 10, 10, 40, 2, 10];
  for (const step of steps) frame(step);
  expect(samples).toHaveLength(steps.length);
  expect(missing(samples)).toEqual(steps.map(() => 0));
});

it('a slower reader gets every second one, and goes on with the others when one is missing', () => {
  const { frame, read } = start();
  const fast = read(10);
  const samples = read(20);
  for (let count = 0; count < 6; count++) frame(10 - (count % 2) * 6, { count: count * 100 });
  const seen = samples.map(({ time }) => fast.findIndex((each) => each.time === time));
  expect(seen).toEqual([0, 2, 4]);
  // Its own was not read: the next one stands for it, and the one after comes in its turn.
  frame(20, { missing: 1 });
  expect(missing(samples)).toEqual([0, 0, 0, 0]);
  frame(10);
  expect(samples).toHaveLength(5);
  frame(60, { missing: 5 });
  expect(missing(samples)).toEqual([0, 0, 0, 0, 0, 2]);
  expect(missing(fast).slice(-3)).toEqual([1, 0, 5]);
});

it('what was read at the pace of those before is marked as a gap for whoever wants it faster', () => {
  const { frame, read } = start();
  const samples = read(10);
  frame(0, { interval: 50 });
  frame(50, { interval: 50 });
  frame(30);
  frame(10);
  expect(missing(samples)).toEqual([0, 4, 2, 0]);
});

import { describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../runtime/base/index.ts';
import { drain } from '../../../runtime/server/drain.ts';
import type { Log } from '../../../runtime/server/index.ts';

function listening() {
  const lines: string[] = [];
  const write = (text: string) => void lines.push(text);
  const log: Log = {
    info: write,
    warn: write,
    error: write,
    report: (_, error, origin) => write(`${origin}: ${String(error)}`),
  };
  return { lines, log };
}

describe('a stop', () => {
  it('takes its steps in order, each after the one before has ended', async () => {
    const { lines, log } = listening();
    const done: string[] = [];
    const step = (what: string) => ({
      what,
      run: async () => {
        done.push(`${what} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        done.push(`${what} ends`);
      },
    });
    expect(await drain([step('sources'), step('queues')], 10_000, systemClock, log)).toBe(true);
    expect(done).toEqual(['sources begins', 'sources ends', 'queues begins', 'queues ends']);
    expect(lines).toEqual([]);
  });

  it('goes on after a step that fails, and tells it', async () => {
    const { lines, log } = listening();
    const done: string[] = [];
    const fail = { what: 'stopping the flows', run: () => Promise.reject(new Error('stuck')) };
    const next = { what: 'next', run: () => done.push('next') };
    expect(await drain([fail, next], 10_000, systemClock, log)).toBe(true);
    expect(done).toEqual(['next']);
    expect(lines).toEqual(['stopping the flows: Error: stuck']);
  });

  it('ends when its time has run out, and says during what', async () => {
    const { lines, log } = listening();
    const { clock, pass } = virtualClock();
    const stuck = { what: 'stopping the flows', run: () => new Promise(() => undefined) };
    const never = { what: 'never', run: () => lines.push('reached') };
    const drained = drain([stuck, never], 10_000, clock, log);
    await pass(10_000);
    expect(await drained).toBe(false);
    expect(lines).toEqual(['after 10 s of stopping left undone: stopping the flows']);
  });

  it('gives the later steps their turn where one may only take a share of the time', async () => {
    const { lines, log } = listening();
    const { clock, pass } = virtualClock();
    const busy = { what: 'messages in flight', share: 0.5, run: () => new Promise(() => undefined) };
    const queues = { what: 'queues', run: () => lines.push('queues are on disk') };
    const drained = drain([busy, queues], 10_000, clock, log);
    await pass(5_000);
    expect(await drained).toBe(false);
    expect(lines).toEqual(['after 5 s of stopping left undone: messages in flight', 'queues are on disk']);
  });
});

/** Time that passes only when it is told to. */
function virtualClock() {
  let now = 0;
  let timers: { at: number; task: () => void }[] = [];
  const clock: Clock = {
    ...systemClock,
    monotonic: () => now,
    after(delay, task) {
      const timer = { at: now + delay, task };
      timers.push(timer);
      return { cancel: () => void (timers = timers.filter((other) => other !== timer)) };
    },
  };
  const pass = async (time: number) => {
    await new Promise((resolve) => setImmediate(resolve));
    now += time;
    for (const { at, task } of timers) if (at <= now) task();
  };
  return { clock, pass };
}

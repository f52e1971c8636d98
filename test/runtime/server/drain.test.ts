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
    let expire: () => void = () => undefined;
    const clock: Clock = {
      ...systemClock,
      after(delay, task) {
        expect(delay).toBe(10_000);
        expire = task;
        return { cancel: () => undefined };
      },
    };
    const stuck = { what: 'messages are in flight', run: () => new Promise(() => undefined) };
    const drained = drain([stuck], 10_000, clock, log);
    await new Promise((resolve) => setImmediate(resolve));
    expire();
    expect(await drained).toBe(false);
    expect(lines).toEqual(['stopping took longer than 10 s: left while messages are in flight']);
  });
});

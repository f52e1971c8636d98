import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openedStore, temporaryFile } from './support.ts';

/** Lets the child keep states until it has said so of `count`, and kills it. @returns the last that it said */
async function keepUntilKilled(file: string, first: number, count: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'kill-child.ts'), file, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.split('\n').length > count) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return Number(text.split('\n').slice(0, -1).at(-1));
}

it('keeps a whole state, with what led to it, when the process is killed in the middle', async () => {
  const file = await temporaryFile();
  let last = 0;
  for (const count of [5, 12, 8]) {
    last = await keepUntilKilled(file, last + 1, count);
    const store = openedStore(file);
    const state = (await store.load('n1')) as { time: number; row: Float64Array };
    // One that was on its way may have been kept too; half of one never is.
    expect(state.time - last).toBeLessThanOrEqual(1);
    expect(state.time).toBeGreaterThanOrEqual(last);
    expect(new Set(state.row)).toEqual(new Set([state.time]));
    expect((await store.picture('n1'))?.time).toBe(state.time);
    const { courses, events } = await store.history('n1');
    const all = Array.from({ length: state.time }, (_, index) => index + 1);
    expect(courses[0]?.times).toEqual(all);
    expect(events.map(({ time }) => time)).toEqual(all);
    await store.close();
    last = state.time;
  }
}, 60_000);

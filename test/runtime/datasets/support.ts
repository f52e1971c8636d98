import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Clock, systemClock, type Timer } from '../../../runtime/base/index.ts';
import {
  openRecording,
  openRecordings,
  type ReadOptions,
  type RecordedMessage,
  type Recording,
} from '../../../runtime/datasets/index.ts';

/** A directory that is gone after the test. */
export async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-recordings-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export async function recordings(clock: Clock = systemClock, shipped: readonly string[] = []) {
  const opened = openRecordings({ directory: join(await temporary(), 'recordings'), clock, shipped });
  onTestFinished(() => opened.close());
  return opened;
}

export async function collect(recording: Recording): Promise<RecordedMessage[]> {
  const all: RecordedMessage[] = [];
  for await (const each of recording.messages()) all.push(each);
  return all;
}

/** What is read of a file with this content. */
export async function readText(name: string, text: string, options: ReadOptions = {}) {
  const path = join(await temporary(), name);
  await writeFile(path, text);
  const recording = await openRecording(path, options);
  return { recording, messages: await collect(recording) };
}

/** A clock that jumps to what is due next, once everything that it is held for has been answered. */
export function virtualClock(start = Date.UTC(2026, 0, 1)): Clock {
  let now = 0;
  let held = 0;
  let running = false;
  const due: { at: number; task: () => void }[] = [];
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  const run = async () => {
    running = true;
    await turn();
    while (due.length > 0) {
      if (held > 0) {
        await turn();
        continue;
      }
      let next = 0;
      for (let index = 1; index < due.length; index++) if (due[index]!.at < due[next]!.at) next = index;
      const [{ at, task }] = due.splice(next, 1) as [{ at: number; task: () => void }];
      now = Math.max(now, at);
      task();
      await turn();
    }
    running = false;
  };
  const after = (delay: number, task: () => void): Timer => {
    const timer = { at: now + Math.max(0, delay), task };
    due.push(timer);
    if (!running) void run();
    return {
      cancel() {
        const index = due.indexOf(timer);
        if (index !== -1) due.splice(index, 1);
      },
    };
  };
  return {
    now: () => start + now,
    monotonic: () => now,
    after,
    every: () => {
      throw new Error('not needed');
    },
    sleep: (delay) => new Promise((resolve) => after(delay, resolve)),
    async hold(work) {
      held++;
      try {
        return await work;
      } finally {
        held--;
      }
    },
  };
}

/**
 * Records samples at 100 Hz and plays them, all in virtual time.
 *
 * @returns how many were played, and those that differ in anything, or left at another time than the recorded one
 */
export async function recordAndReplay(samples: number): Promise<{ count: number; wrong: unknown[] }> {
  const clock = virtualClock();
  const all = await recordings(clock);
  const recorder = await all.record({ name: 'many', format: 'parquet', maxBytes: 64e6, maxFiles: 100 });
  const sample = (n: number) => ({ payload: { x: Math.sin(n), y: n % 1024 }, time: 1e12 + n * 10, id: `r${n}` });
  for (let n = 0; n < samples; n++) {
    recorder.write(sample(n), n * 10);
    if (n % 20_000 === 0) await recorder.flush();
  }
  await recorder.close();
  let count = 0;
  let begun = 0;
  const wrong: unknown[] = [];
  const replay = await all.replay('many', {
    ...{ speed: 1, times: 'keep' },
    send(message) {
      const n = count++;
      const { payload, time, id } = sample(n);
      const was = message as ReturnType<typeof sample>;
      const same = was.payload.x === payload.x && was.payload.y === payload.y && was.time === time && was.id === id;
      if (!same || clock.monotonic() - begun !== n * 10 || Object.keys(message).length !== 3) wrong.push(message);
    },
  });
  begun = clock.monotonic();
  replay.start();
  await replay.finished();
  return { count, wrong };
}

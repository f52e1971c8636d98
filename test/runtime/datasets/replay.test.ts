import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import {
  createReplay,
  type RecordedMessage,
  type Recording,
  type ReplayOptions,
} from '../../../runtime/datasets/index.ts';
import { collect, readText, recordAndReplay, recordings, virtualClock } from './support.ts';

/** A recording in memory. */
const of = (messages: readonly RecordedMessage[]): Recording => ({
  ...{ name: 'made up', format: 'jsonl', files: [], problems: [] },
  counts: { messages: 0, refused: 0, backwards: 0, empty: 0 },
  async *messages() {
    yield* messages;
  },
});

const START = Date.UTC(2026, 0, 1);
const regular = (count: number, period: number): RecordedMessage[] =>
  Array.from({ length: count }, (_, n) => ({ at: n * period, message: { payload: n, time: 1000 + n * period } }));

/** Plays in virtual time, and notes when each message left. */
function player(messages: readonly RecordedMessage[], options: Partial<ReplayOptions> = {}) {
  const clock = virtualClock(START);
  const sent: { at: number; message: Record<string, unknown> }[] = [];
  const replay = createReplay({
    ...{ recording: of(messages), clock, speed: 1, send: (message) => sent.push({ at: clock.monotonic(), message }) },
    ...options,
  });
  return { clock, sent, replay };
}

describe('a replay', () => {
  it('moves the times within a message together with its own', async () => {
    const message = { time: 500, start: 400, triggered: 450, payload: { times: [400, 500], x: [1, 2] } };
    const { sent, replay } = player([{ at: 0, message }]);
    replay.start();
    await replay.finished();
    const { time, start, triggered, payload } = sent[0]?.message as typeof message;
    expect([time - start, time - triggered]).toEqual([100, 50]);
    expect(payload.times).toEqual([time - 100, time]);
  });

  it('in real time sends each message at its time, moved to now', async () => {
    const { sent, replay } = player(regular(5, 10));
    replay.start();
    await replay.finished();
    expect(sent).toEqual([0, 10, 20, 30, 40].map((at, n) => ({ at, message: { payload: n, time: START + at } })));
    expect(replay.state).toMatchObject({ phase: 'ended', messages: 5, at: 40 });
  });

  it('of what was recorded gives the identical messages at the identical times', async () => {
    expect(await recordAndReplay(30_000)).toEqual({ count: 30_000, wrong: [] });
  });

  it('by a factor keeps the recorded distances in `time`', async () => {
    const { sent, replay } = player(regular(3, 1000), { speed: 100 });
    replay.start();
    await replay.finished();
    expect(sent.map(({ at, message }) => [at, message['time']])).toEqual([
      [0, START],
      [10, START + 1000],
      [20, START + 2000],
    ]);
  });

  it('leaves times as they were recorded, if so chosen, and what has none without', async () => {
    const messages = [
      { at: 5, message: { payload: 1, time: 7 } },
      { at: 6, message: { payload: 2 } },
    ];
    const { sent, replay } = player(messages, { times: 'keep' });
    replay.start();
    await replay.finished();
    expect(sent.map(({ message }) => message)).toEqual(messages.map(({ message }) => message));
  });

  it('moves the start of a window with its time', async () => {
    const payload = { channels: ['x'], rate: 100, start: 1000, data: [1, 2], shape: [2, 1] };
    const { sent, replay } = player([{ at: 20, message: { payload, time: 1010 } }]);
    replay.start();
    await replay.finished();
    expect(sent[0]?.message).toEqual({ payload: { ...payload, start: START + 10 }, time: START + 20 });
  });

  it('in a loop goes on in time', async () => {
    const { sent, replay, clock } = player(regular(3, 10), { loop: true });
    replay.start();
    await clock.sleep(75);
    replay.stop();
    await replay.finished();
    expect(sent.map(({ at }) => at)).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
    expect(sent.map(({ message }) => message['time'])).toEqual(sent.map(({ at }) => START + at));
    expect(replay.state.phase).toBe('waiting');
  });

  it('pauses, and goes on from there', async () => {
    const { sent, replay, clock } = player(regular(4, 100));
    replay.start();
    await clock.sleep(150);
    replay.pause();
    await clock.sleep(10_000);
    expect(sent).toHaveLength(2);
    expect(replay.state.phase).toBe('paused');
    replay.start();
    await replay.finished();
    expect(sent.slice(2).map(({ at }) => at)).toEqual([10_250, 10_350]);
  });

  it('steps message by message', async () => {
    const { sent, replay, clock } = player(regular(5, 1000), { speed: 'step' });
    replay.start();
    await clock.sleep(5000);
    expect(sent).toHaveLength(0);
    replay.control('step');
    await clock.sleep(1);
    expect(sent).toHaveLength(1);
    replay.step(2);
    await clock.sleep(1);
    expect(sent.map(({ message }) => message['payload'])).toEqual([0, 1, 2]);
    expect(() => replay.control('dance')).toThrow(
      expect.objectContaining({ code: 'RECORDING_REPLAY_COMMAND' }) as Error,
    );
    await replay.close();
  });

  it('as fast as it goes waits for room, and lets others have their turn', async () => {
    let inHand = 0;
    let most = 0;
    let turns = 0;
    const ticking = setInterval(() => turns++, 1);
    const replay = createReplay({
      ...{ recording: of(regular(20_000, 10)), clock: systemClock, speed: 'fast' },
      send: () => (most = Math.max(most, ++inHand)),
      room: async () => {
        await systemClock.sleep(0);
        inHand = 0;
      },
    });
    replay.start();
    await replay.finished();
    clearInterval(ticking);
    expect(replay.state).toMatchObject({ phase: 'ended', messages: 20_000 });
    expect(most).toBeLessThanOrEqual(64);
    expect(turns).toBeGreaterThan(10);
  });

  it('started again begins at the beginning', async () => {
    const { sent, replay } = player(regular(3, 10));
    replay.start();
    await replay.finished();
    replay.start();
    await replay.finished();
    expect(sent.map(({ message }) => message['payload'])).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('tells how late messages were', async () => {
    const busy = () => {
      const until = performance.now() + 30;
      while (performance.now() < until);
    };
    let first = true;
    const send = () => {
      if (first) busy();
      first = false;
    };
    const replay = createReplay({ recording: of(regular(20, 1)), clock: systemClock, speed: 1, send });
    replay.start();
    await replay.finished();
    expect(replay.state.lateness.max).toBeGreaterThan(20);
  });

  it('of a file that cannot be read fails with the reason', async () => {
    const { recording } = await readText('some.csv', 'time,x\n0,1\n');
    const broken = { ...recording, messages: (await all('name\na\nb\n')).messages };
    const { replay } = player([], { recording: broken });
    replay.start();
    await replay.finished();
    expect(replay.state).toMatchObject({ phase: 'failed', error: { code: 'RECORDING_NO_TIME' } });
  });

  it.each([0, 0.05, 1001, NaN])('at a speed of %s is refused', (speed) => {
    expect(() => player([], { speed })).toThrow(expect.objectContaining({ code: 'RECORDING_REPLAY_SPEED' }) as Error);
  });
});

/** A recording of this CSV text. */
async function all(text: string): Promise<Recording> {
  const opened = await recordings();
  const { mkdir, writeFile } = await import('node:fs/promises');
  await mkdir(opened.directory, { recursive: true });
  await writeFile(`${opened.directory}/broken.csv`, text);
  const recording = await opened.open('broken.csv');
  await expect(collect(recording)).rejects.toThrow();
  return recording;
}

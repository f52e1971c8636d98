import { describe, expect, it } from 'vitest';
import { type Clock, MillraceError, type Timer } from '../../../runtime/base/index.ts';
import type { DataSet, NewExample } from '../../../runtime/datasets/data-sets/types.ts';
import { type Collector, type CollectorSettings, createCollector } from '../../../runtime/datasets/index.ts';
import { groupsIn, labelsIn } from './collected.ts';

/** A clock that stands until the test lets it go on. */
function stoppedClock() {
  let now = Date.UTC(2026, 10, 21, 5, 40, 12);
  let timers: { at: number; task: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    after(delay, task): Timer {
      const timer = { at: now + delay, task };
      timers.push(timer);
      return { cancel: () => void (timers = timers.filter((each) => each !== timer)) };
    },
    every: () => ({ cancel: () => undefined }),
    sleep: () => Promise.resolve(),
    hold: (work) => work,
  };
  const settle = () => new Promise((done) => setTimeout(done, 5));
  const pass = async (ms: number) => {
    await settle();
    now += ms;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { task } of due) task();
    await settle();
  };
  return { clock, pass };
}

const refusal = (code: string) => new MillraceError({ code, message: code, hint: '', title: code });

/** A disk that can be told to refuse: what a real one does only when it is full. */
function disk() {
  const stored: NewExample[] = [];
  const state = { refuses: undefined as string | undefined, opened: 0 };
  const dataSet = {
    name: 'pump',
    add(examples: readonly NewExample[]) {
      if (state.refuses !== undefined) return Promise.reject(refusal(state.refuses));
      for (const example of examples) {
        if ('wrong' in example.payload) return Promise.reject(refusal('EXAMPLE_SHAPE_DIFFERS'));
        stored.push(example);
      }
      return Promise.resolve([]);
    },
    summary: () => Promise.resolve({ examples: stored.length, labels: labelsIn(stored) }),
    close: () => Promise.resolve(),
  } as unknown as DataSet;
  const dataSets = {
    open: () => {
      state.opened++;
      return Promise.resolve(dataSet);
    },
    onChange: () => () => undefined,
  };
  return { stored, state, dataSets };
}

function rig(settings: Partial<CollectorSettings> = {}) {
  const { clock, pass } = stoppedClock();
  const { stored, state, dataSets } = disk();
  const failed: string[] = [];
  const collector: Collector = createCollector(
    { dataSets, clock },
    {
      ...{
        dataSet: 'pump',
        labels: [],
        from: 'buttons',
        always: '',
        unlabelled: 'drop',
        most: 2000,
        source: 'collect',
      },
      recipeText: (digest) => (digest === 'known' ? '{"blocks":[]}' : undefined),
      failed: (error) => void failed.push((error as MillraceError).code),
      changed: () => undefined,
      ...settings,
    },
  );
  const take = (...labels: unknown[]) => labels.forEach((label) => collector.take({ payload: { x: 1 }, label }));
  return { collector, pass, stored, state, failed, take };
}

describe('a label that is held', () => {
  it('is the label of what comes meanwhile, and of nothing else', async () => {
    const { collector, stored, take } = rig();
    take(undefined);
    collector.hold(' worn ');
    take(undefined, undefined);
    collector.release();
    take(undefined);
    await collector.close();
    expect(stored.map(({ label }) => label)).toEqual(['worn', 'worn']);
    expect(stored[0]).toMatchObject({ source: 'collect', time: Date.UTC(2026, 10, 21, 5, 40, 12) });
  });

  it('ends by itself when nobody says that it still is', async () => {
    const { collector, pass, take } = rig();
    collector.hold('worn', 3000);
    await pass(2000);
    collector.hold('worn', 3000);
    await pass(2000);
    expect(collector.state.recording).toBe('worn');
    await pass(2000);
    expect(collector.state.recording).toBeNull();
    take(undefined);
    expect(collector.state.examples).toBe(0);
  });

  it('can be the last one again, and needs one to begin with', () => {
    const { collector } = rig();
    expect(() => collector.hold(true)).toThrow(expect.objectContaining({ code: 'COLLECT_LABEL_MISSING' }) as Error);
    collector.hold('worn');
    collector.release();
    collector.hold(true);
    expect(collector.state.recording).toBe('worn');
    const offered = rig({ labels: ['normal'] }).collector;
    offered.hold(true);
    expect(offered.state.recording).toBe('normal');
  });

  it('makes each press a group, even of the same label in the same second', async () => {
    const { collector, stored, take } = rig();
    for (const label of ['normal', 'normal', 'worn']) {
      collector.hold(label);
      take(1, 2);
      collector.release();
    }
    await collector.close();
    const time = '2026-11-21 05:40:12';
    expect(groupsIn(stored)).toEqual([`normal ${time}`, `normal ${time} (2)`, `worn ${time}`]);
  });

  it('leaves out windows that hold samples from before the press', async () => {
    const { collector, pass, stored } = rig();
    const window = (time: number) => ({
      payload: { channels: ['x'], rate: 10, start: time - 900, data: new Float32Array(10), shape: [10, 1] },
      ...{ label: undefined, time },
    });
    collector.take(window(5000));
    collector.take(window(5500));
    await pass(200);
    collector.hold('worn');
    // The press was at 5700: what ends at 6000 or 6500 began before.
    for (const time of [6000, 6500, 7000, 7500]) collector.take(window(time));
    collector.release();
    // A replay that has rested goes on where it was, and one that begins anew loses nothing.
    await pass(3_600_000);
    collector.hold('normal');
    for (const time of [8000, 8500, 9000, 9500, 1000]) collector.take(window(time));
    expect(collector.state.refused).toEqual([{ what: 'began before', count: 4 }]);
    await collector.close();
    expect(stored.map(({ label, time }) => [label, time])).toEqual([
      ...[
        ['worn', 7000],
        ['worn', 7500],
      ],
      ...[
        ['normal', 9000],
        ['normal', 9500],
        ['normal', 1000],
      ],
    ]);
  });

  it('is not another press when the browser says again that it is held', async () => {
    const { collector, stored, take } = rig();
    collector.hold('worn', 3000);
    take(1);
    collector.hold('worn', 3000);
    take(2);
    await collector.close();
    expect(groupsIn(stored)).toHaveLength(1);
  });
});

describe('labels that come with the messages', () => {
  it('begin a group wherever they change or are missing', async () => {
    const { collector, stored, take } = rig({ from: 'message' });
    take('a', 'a ', 'b', undefined, 'b');
    await collector.close();
    expect(stored.map(({ label }) => label)).toEqual(['a', 'a', 'b', 'b']);
    expect(groupsIn(stored)).toHaveLength(3);
  });

  it('may be numbers, and are refused where they are neither', async () => {
    const { collector, stored, take } = rig({ from: 'message' });
    take(12.5);
    for (const wrong of [{}, NaN, 'x'.repeat(201), [1]]) {
      expect(() => take(wrong)).toThrow(expect.objectContaining({ code: 'EXAMPLE_LABEL_INVALID' }) as Error);
    }
    await collector.close();
    expect(stored.map(({ label }) => label)).toEqual([12.5]);
    expect(collector.state.refused).toEqual([{ what: 'label', count: 4 }]);
  });

  it('can be left out, and the example kept to be labelled later', async () => {
    const { collector, stored, take } = rig({ from: 'message', unlabelled: 'keep' });
    take(undefined, 'a');
    await collector.close();
    expect(stored.map(({ label }) => label)).toEqual([undefined, 'a']);
    expect(collector.state).toMatchObject({ unlabelled: 1, labels: [{ label: 'a', examples: 1 }] });
  });

  it('pause when they are told to', async () => {
    const { collector, stored, take } = rig({ from: 'always', always: 'normal' });
    take(1);
    collector.release();
    take(2);
    collector.hold(true);
    take(3);
    await collector.close();
    expect(stored).toHaveLength(2);
    expect(groupsIn(stored)).toHaveLength(2);
  });
});

describe('what is written', () => {
  it('is as it was when it came, whatever a node behind makes of it', async () => {
    const { collector, stored } = rig({ from: 'always', always: 'normal' });
    const features = { x: 1 };
    const window = { channels: ['x'], rate: 1, start: 0, data: Float32Array.of(1, 2), shape: [2, 1] };
    collector.take({ payload: features, label: undefined, recipe: 'known' });
    collector.take({ payload: window, label: undefined, recipe: 'unknown' });
    collector.take({ payload: 7, label: undefined, group: 'run 1', source: 'A0', time: 5 });
    features.x = 2;
    window.data[0] = 9;
    await collector.close();
    expect(stored.map(({ payload }) => payload)).toEqual([
      { x: 1 },
      { ...window, data: Float32Array.of(1, 2) },
      { value: 7 },
    ]);
    expect(stored[0]).toMatchObject({ recipe: 'known', recipeText: '{"blocks":[]}' });
    expect(stored[1]).toMatchObject({ recipe: 'unknown' });
    expect(stored[1]).not.toHaveProperty('recipeText');
    expect(stored[2]).toMatchObject({ group: 'run 1', source: 'A0', time: 5 });
  });

  it('keeps to the bound of a label, and counts what comes after that', async () => {
    const { collector, stored, pass, take } = rig({ from: 'message', most: 3 });
    take('a', 'a');
    await pass(300);
    take('a', 'a', 'b', 'a');
    expect(collector.state.full).toBe(true);
    await collector.close();
    expect(labelsIn(stored)).toEqual([
      { label: 'a', examples: 3 },
      { label: 'b', examples: 1 },
    ]);
    expect(collector.state.refused).toEqual([{ what: 'enough', count: 2 }]);
  });

  it('loses nothing but the wrong example of a batch, and says so once', async () => {
    const { collector, stored, pass, failed } = rig({ from: 'always', always: 'a' });
    const payloads = [{ x: 0 }, { wrong: 1 }, { x: 1 }, { wrong: 2 }, { x: 2 }];
    for (const payload of payloads) collector.take({ payload, label: undefined });
    await pass(300);
    expect(stored.map(({ payload }) => payload)).toEqual([{ x: 0 }, { x: 1 }, { x: 2 }]);
    expect(failed).toEqual(['EXAMPLE_SHAPE_DIFFERS']);
    expect(collector.state).toMatchObject({ examples: 3, refused: [{ what: 'another shape', count: 2 }] });
    await collector.close();
  });

  it('is tried again when the disk has refused it, by a data set that is opened anew', async () => {
    const { collector, stored, state, pass, failed, take } = rig({ from: 'message' });
    state.refuses = 'EIO';
    take('a', 'b');
    await pass(300);
    expect(failed).toEqual(['EIO']);
    expect(collector.state.examples).toBe(2);
    state.refuses = undefined;
    await pass(1100);
    expect(stored).toHaveLength(2);
    expect(state.opened).toBeGreaterThan(1);
    await collector.close();
  });

  it('is counted as lost where the disk refuses to the end', async () => {
    const { collector, state, take } = rig({ from: 'message' });
    state.refuses = 'EIO';
    take('a', 'b');
    await collector.close();
    expect(collector.state.refused).toEqual([{ what: 'failed', count: 2 }]);
  });

  it('waits in bounded memory for a disk that is too slow', async () => {
    const { collector, take } = rig({ from: 'message', most: 1e6 });
    for (let n = 0; n < 2000; n++) take('a');
    expect(() => take('a')).toThrow(expect.objectContaining({ code: 'COLLECT_TOO_FAST' }) as Error);
    await collector.close();
    expect(collector.state).toMatchObject({ examples: 2000, refused: [{ what: 'too fast', count: 1 }] });
  });
});

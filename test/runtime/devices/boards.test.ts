import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Clock, systemClock } from '../../../runtime/base/index.ts';
import {
  type Board,
  type BoardState,
  createBoards,
  createWorld,
  type Measurement,
  readChannels,
  type Sample,
  STANDARD_CHANNELS,
} from '../../../runtime/devices/index.ts';

const boards = createBoards({ clock: systemClock });
const faulty = new URL('./faulty-worker.ts', import.meta.url);
const opened: Board[] = [];
let count = 0;

async function open(seed = 1): Promise<Board> {
  const board = await boards.open(`board-${++count}`, { name: 'bench', seed });
  opened.push(board);
  return board;
}

afterEach(async () => {
  for (const board of opened.splice(0)) await board.close();
});

/** Everything that is read until `enough` of it has come. */
async function collect<T>(enough: number, start: (next: (value: T) => void) => { close(): void }): Promise<T[]> {
  const got: T[] = [];
  const subscription = await new Promise<{ close(): void }>((resolve) => {
    const reading = start((value) => {
      got.push(value);
      if (got.length === enough) resolve(reading);
    });
  });
  subscription.close();
  return got;
}

const sampling = (board: Board, rate = 100, holder = 'pins') => ({
  take: (enough: number) =>
    collect<Sample>(enough, (next) => board.sample({ holder, channels: STANDARD_CHANNELS, rate }, { next })),
});
const reading = (
  board: Board,
  kind: 'tmp36' | 'lm35' | 'light' | 'potentiometer' | 'voltage' | 'switch',
  pin: string,
) => collect<Measurement>(2, (next) => board.read({ holder: kind, kind, pins: [pin], period: 100 }, { next }));

const steps = (samples: readonly Sample[]) => samples.slice(1).map(({ time }, i) => time - (samples[i]?.time ?? 0));
const pinOf = (state: BoardState, name: string) => state.pins.find(({ pin }) => pin === name);
const code = (wanted: string, ...words: string[]) =>
  expect.objectContaining({
    code: wanted,
    message: expect.stringMatching(words.map((word) => `(?=.*${word})`).join('')) as string,
  }) as unknown;

describe('reading a virtual board through Johnny-Five', () => {
  it('brings every sample of all channels, evenly spaced and stamped with the present time', async () => {
    const board = await open();
    const before = Date.now();
    const samples = await sampling(board).take(60);
    const after = Date.now();
    expect(steps(samples)).toEqual(Array.from({ length: 59 }, () => 10));
    expect(samples.every(({ missing }) => missing === 0)).toBe(true);
    expect(samples[0]?.time).toBeGreaterThan(before - 100);
    expect(samples.at(-1)?.time).toBeLessThan(after + 100);
    const [x = 0, , z = 0, temperature = 0] = samples[0]?.values ?? [];
    expect(Math.abs(x)).toBeLessThan(3);
    expect(Math.abs(z)).toBeLessThan(4);
    expect(temperature).toBeGreaterThan(25);
    expect(temperature).toBeLessThan(50);
  });

  it('gives exactly what the world of the same seed holds, through the same converter', async () => {
    const board = await open(42);
    const got = await sampling(board).take(20);
    const world = createWorld({ scene: 'pump', seed: 42 });
    const twin = Array.from({ length: 2000 }, (_, i) => readChannels(world, STANDARD_CHANNELS, i * 10));
    const first = twin.findIndex((row) => row.every((value, channel) => value === got[0]?.values[channel]));
    expect(first).toBeGreaterThanOrEqual(0);
    expect(got.map(({ values }) => values)).toEqual(twin.slice(first, first + 20));
  });

  it('serves many readers from one sampling, each at its own rate', async () => {
    const board = await open();
    const [fast, slow, odd] = await Promise.all([
      sampling(board, 100, 'fast').take(80),
      sampling(board, 20, 'slow').take(12),
      sampling(board, 40, 'odd').take(20),
    ]);
    expect(new Set(steps(slow))).toEqual(new Set([50]));
    const shared = slow.filter(({ time }) => fast.some((sample) => sample.time === time));
    expect(shared.length).toBeGreaterThan(10);
    for (const { time, values } of shared) expect(fast.find((sample) => sample.time === time)?.values).toEqual(values);
    const span = (odd.at(-1)?.time ?? 0) - (odd[0]?.time ?? 0);
    expect(Math.abs(span - 19 * 25)).toBeLessThanOrEqual(10);
  });

  it('reads faster than firmata-io alone would let it', async () => {
    const board = await open();
    expect(new Set(steps(await sampling(board, 200).take(50)))).toEqual(new Set([5]));
  });

  it('reads each sensor of the catalogue', async () => {
    const board = await open();
    await board.setWorld({});
    const celsius = await reading(board, 'tmp36', 'A3');
    expect(celsius.at(-1)?.value).toBeGreaterThan(25);
    expect(celsius.at(-1)?.value).toBeLessThan(50);
    const other = await reading(board, 'lm35', 'A3');
    expect(Number(other.at(-1)?.value) - Number(celsius.at(-1)?.value)).toBeCloseTo(50, -1);
    for (const [kind, pin] of [
      ['light', 'A4'],
      ['potentiometer', 'A5'],
    ] as const) {
      const [first] = await reading(board, kind, pin);
      expect(first?.value).toBeGreaterThan(15);
      expect(first?.value).toBeLessThan(100);
    }
    expect((await reading(board, 'voltage', 'A0'))[0]?.value).toBeCloseTo(1.65, 0);
    const [level] = await reading(board, 'switch', 'D2');
    const [load] = await reading(board, 'potentiometer', 'A5');
    expect(level?.value).toBe(Number(load?.value) > 60 ? 1 : 0);
  });

  it('reports a button that is pressed', async () => {
    const board = await open();
    // The pump's level switch stands in for it: with this seed it closes within the first second.
    const [pressed] = await collect<Measurement>(1, (next) =>
      board.read({ holder: 'button', kind: 'button', pins: ['D2'], period: 100 }, { next }),
    );
    expect(pressed?.value).toBe(1);
  });

  it('shares an input between sensors and channels, and goes on for the others when one leaves', async () => {
    const board = await open();
    const values: number[] = [];
    const thermometer = board.read(
      { holder: 'thermometer', kind: 'tmp36', pins: ['a3'], period: 50 },
      { next: ({ value }) => values.push(Number(value)) },
    );
    await sampling(board).take(30);
    const before = values.length;
    await vi.waitFor(() => expect(values.length).toBeGreaterThan(before + 3));
    thermometer.close();
    const after = values.length;
    await sampling(board).take(30);
    expect(values.length).toBe(after);
  });

  it('shows a change of the world in the readings', async () => {
    const board = await open();
    const warm = async () => {
      const samples = await sampling(board).take(30);
      return samples.reduce((sum, { values }) => sum + (values[3] ?? 0), 0) / samples.length;
    };
    const before = await warm();
    expect(await board.setWorld({ temperatureSensor: 'drifting' })).toEqual({
      bearing: 'good',
      inlet: 'open',
      temperatureSensor: 'drifting',
    });
    expect(board.state().world['temperatureSensor']).toBe('drifting');
    await vi.waitFor(async () => expect(await warm()).toBeGreaterThan(before + 3), { timeout: 60_000 });
  });

  it('refuses a world that the scene does not have, and reads on', async () => {
    const board = await open();
    await expect(board.setWorld({ bearing: 'gone' })).rejects.toMatchObject({
      code: 'WORLD_INVALID',
      message: expect.stringContaining('bearing cannot be "gone"') as string,
      hint: expect.stringContaining('inlet: "open" or "blocked"') as string,
    });
    // What no JSON and no message between threads can hold is a wrong value like any other.
    const circle: Record<string, unknown> = {};
    circle['itself'] = circle;
    for (const inlet of [1n, () => 1, Symbol('open'), circle, NaN, 'x'.repeat(10_000)]) {
      const refused = (await board.setWorld({ inlet }).catch((error: unknown) => error)) as Error;
      expect(refused).toMatchObject({ code: 'WORLD_INVALID' });
      expect(refused.message.length).toBeLessThan(200);
    }
    await expect(board.setWorld(circle)).rejects.toThrow(code('WORLD_INVALID', 'itself'));
    expect(await sampling(board).take(5)).toHaveLength(5);
  });
});

describe('the outputs of a virtual board', () => {
  it('lights the LED on the pin itself, and puts it out when its node stops', async () => {
    const board = await open();
    const states: BoardState[] = [];
    board.onState((state) => states.push(state));
    const led = board.output({ holder: 'lamp', kind: 'led', pins: ['13'] });
    expect(await led.set(true)).toBe(1);
    await vi.waitFor(() =>
      expect(pinOf(board.state(), 'D13')).toMatchObject({ mode: 'output', label: 'LED', value: 1 }),
    );
    await led.set('off');
    await vi.waitFor(() => expect(pinOf(board.state(), 'D13')?.value).toBe(0));
    await led.set(1);
    await vi.waitFor(() => expect(pinOf(board.state(), 'D13')?.value).toBe(1));
    await led.close();
    expect(pinOf(board.state(), 'D13')).toBeUndefined();
    await vi.waitFor(() => {
      const values = states.map((state) => pinOf(state, 'D13')?.value);
      expect(values.lastIndexOf(0)).toBeGreaterThan(values.lastIndexOf(1));
    });
  });

  it('fades a LED, switches a relay and turns a servo', async () => {
    const board = await open();
    await board.output({ holder: 'lamp', kind: 'led', pins: ['D3'] }).set(0.4);
    await board.output({ holder: 'heater', kind: 'relay', pins: ['D7'] }).set('on');
    await board.output({ holder: 'arm', kind: 'servo', pins: ['D9'], label: 'valve' }).set(45);
    await board.output({ holder: 'far lamp', kind: 'led', pins: ['A4'] }).set(true);
    await vi.waitFor(() => {
      const pins = board.state().pins.map(({ pin, mode, label, value }) => [pin, mode, label, value]);
      expect(pins).toEqual([
        ['A4', 'output', 'LED', 1],
        ['D3', 'pwm', 'LED', 0.4],
        ['D7', 'output', 'relay', 1],
        ['D9', 'servo', 'valve', 45],
      ]);
    });
  });

  it('can be taken again, by another kind of component too, after it was let go', async () => {
    const board = await open();
    for (const [kind, value, shown] of [
      ['servo', 120, 120],
      ['led', true, 1],
      ['servo', 120, 120],
      ['relay', true, 1],
    ] as const) {
      const output = board.output({ holder: kind, kind, pins: ['D9'] });
      await output.set(value);
      await vi.waitFor(() => expect(pinOf(board.state(), 'D9')?.value).toBe(shown));
      await output.close();
    }
    const analog = board.output({ holder: 'lamp', kind: 'led', pins: ['A3'] });
    await analog.set(true);
    await analog.close();
    const [sample] = await sampling(board).take(1);
    expect(sample?.values[3]).toBeGreaterThan(25);
  });

  it('refuses values that mean nothing to it, with what it takes', async () => {
    const board = await open();
    const led = board.output({ holder: 'lamp', kind: 'led', pins: ['D13'] });
    const circle: Record<string, unknown> = {};
    circle['itself'] = circle;
    for (const value of [undefined, null, 'maybe', 3, -1, NaN, { label: 'healthy' }, '', 1n, () => 1, circle]) {
      await expect(led.set(value)).rejects.toThrow(code('VALUE_INVALID', 'LED', 'true or false'));
    }
    await expect(led.set(0.5)).rejects.toThrow(code('PIN_MODE', 'D13', 'PWM', 'D3'));
    const servo = board.output({ holder: 'arm', kind: 'servo', pins: ['D9'] });
    await expect(servo.set(270)).rejects.toThrow(code('VALUE_INVALID', '270', '180'));
    await expect(servo.set(true)).rejects.toThrow(code('VALUE_INVALID', 'servo'));
  });
});

describe('the pins of a board', () => {
  const nothing = { next: () => undefined };

  it('are refused where the board lacks them, naming those that it has', async () => {
    const board = await open();
    expect(() => board.output({ holder: 'lamp', kind: 'led', pins: ['D99'] })).toThrow(
      code('PIN_UNKNOWN', 'D99', 'bench', 'D13', 'A5'),
    );
    expect(() => board.read({ holder: 's', kind: 'tmp36', pins: [''], period: 1000 }, nothing)).toThrow(
      code('PIN_MISSING', 'TMP36', 'signal'),
    );
    for (const pin of ['0', 'x', 'A6']) {
      expect(() => board.read({ holder: 's', kind: 'tmp36', pins: [pin], period: 1000 }, nothing)).toThrow(
        code('PIN_UNKNOWN'),
      );
    }
  });

  it('are refused for what they cannot do, naming those that can', async () => {
    const board = await open();
    expect(() => board.read({ holder: 's', kind: 'tmp36', pins: ['D4'], period: 1000 }, nothing)).toThrow(
      code('PIN_MODE', 'D4', 'analog', 'A0'),
    );
    expect(() => board.output({ holder: 'arm', kind: 'servo', pins: ['A1'] })).toThrow(code('PIN_MODE', 'A1', 'D9'));
  });

  it('belong to one output alone, and the error names who holds it', async () => {
    const board = await open();
    const lamp = board.output({ holder: 'red lamp', kind: 'led', pins: ['D13'] });
    expect(() => board.output({ holder: 'green lamp', kind: 'relay', pins: ['13'] })).toThrow(
      code('PIN_TAKEN', 'D13', 'red lamp', 'green lamp'),
    );
    await lamp.close();
    await board.output({ holder: 'green lamp', kind: 'relay', pins: ['13'] }).set(true);
    const channels = board.sample({ holder: 'channels', channels: STANDARD_CHANNELS, rate: 100 }, nothing);
    expect(() => board.output({ holder: 'blue lamp', kind: 'led', pins: ['A0'] })).toThrow(
      code('PIN_TAKEN', 'channels'),
    );
    channels.close();
    await board.output({ holder: 'blue lamp', kind: 'led', pins: ['A0'] }).set(true);
  });

  it('are all left free where one of several cannot be had', async () => {
    const board = await open();
    board.output({ holder: 'lamp', kind: 'led', pins: ['A1'] });
    expect(() => board.sample({ holder: 'channels', channels: STANDARD_CHANNELS, rate: 100 }, nothing)).toThrow(
      code('PIN_TAKEN', 'A1', 'lamp'),
    );
    board.output({ holder: 'other lamp', kind: 'led', pins: ['A0'] });
  });

  it('need channels with names of their own, at a rate that the board can take', async () => {
    const board = await open();
    const [x] = STANDARD_CHANNELS;
    const sample = (channels: typeof STANDARD_CHANNELS, rate = 100) =>
      board.sample({ holder: 's', channels, rate }, nothing);
    expect(() => sample([])).toThrow(code('CHANNELS_INVALID'));
    expect(() => sample(x ? [x, x] : [])).toThrow(code('CHANNELS_INVALID', '"x"'));
    expect(() => sample(STANDARD_CHANNELS, 5000)).toThrow(code('RATE_TOO_FAST', '5000', '500'));
  });
});

describe('the life of a board', () => {
  it('shows of an output that it was never set, until it is, also to what it was at', async () => {
    const board = await open();
    const lamp = board.output({ holder: 'lamp', kind: 'led', pins: ['D13'] });
    board.output({ holder: 'arm', kind: 'servo', pins: ['D9'] });
    const absent = { holder: 'refused', kind: 'led', pins: ['D12'] } as const;
    await expect(board.output(absent).set('bright')).rejects.toThrow(code('VALUE_INVALID'));
    await vi.waitFor(() => expect(pinOf(board.state(), 'D9')).toMatchObject({ mode: 'servo', unset: true }));
    for (const pin of ['D12', 'D13']) expect(pinOf(board.state(), pin)).toMatchObject({ unset: true });
    await lamp.set(false);
    expect(pinOf(board.state(), 'D13')).toMatchObject({ value: 0 });
    expect(pinOf(board.state(), 'D13')?.unset).toBeUndefined();
  });

  it('ends its worker, refuses what comes after, and is harmless to close twice', async () => {
    const board = await open();
    const led = board.output({ holder: 'lamp', kind: 'led', pins: ['D13'] });
    const samples: Sample[] = [];
    board.sample({ holder: 's', channels: STANDARD_CHANNELS, rate: 100 }, { next: (sample) => samples.push(sample) });
    await vi.waitFor(() => expect(samples.length).toBeGreaterThan(2));
    await board.close();
    const before = samples.length;
    await systemClock.sleep(60);
    expect(samples.length).toBe(before);
    await expect(led.set(true)).rejects.toThrow(code('BOARD_CLOSED', 'bench'));
    expect(() => board.output({ holder: 'late', kind: 'led', pins: ['D12'] })).toThrow(code('BOARD_CLOSED'));
    await led.close();
    await board.close();
  });

  it('leaves no thread behind after many redeploys', async () => {
    const threads = () => process.getActiveResourcesInfo().filter((kind) => kind === 'MessagePort').length;
    const before = threads();
    for (let turn = 0; turn < 4; turn++) {
      const board = await boards.open('again', {});
      const lamp = board.output({ holder: 'lamp', kind: 'led', pins: ['D13'] });
      await lamp.set(true);
      await sampling(board).take(2);
    }
    await (await boards.open('again', {})).close();
    expect(threads()).toBeLessThanOrEqual(before);
  });

  it('is one for all who name none, and tells its state', async () => {
    const own = createBoards({ clock: systemClock });
    const states: (BoardState | undefined)[] = [];
    own.onStandardState((state) => states.push(state));
    const [first, second] = await Promise.all([own.standard(), own.standard()]);
    expect(first).toBe(second);
    await sampling(first).take(2);
    await vi.waitFor(() =>
      expect(states.at(-1)).toMatchObject({ connected: true, world: { bearing: 'good', inlet: 'open' } }),
    );
    await own.close();
  });

  it('ends the built-in one some time after its last pin was let go, and starts it anew when it is wanted', async () => {
    const idle: (() => void)[] = [];
    // A while is over when the test says so.
    const clock: Clock = {
      ...systemClock,
      after: (delay, task) => {
        if (delay < 5000) return systemClock.after(delay, task);
        idle.push(task);
        return { cancel: () => void idle.splice(idle.indexOf(task) >>> 0, 1) };
      },
    };
    const own = createBoards({ clock });
    const states: (BoardState | undefined)[] = [];
    own.onStandardState((state) => states.push(state));
    const board = await own.standard();
    const lamp = board.output({ holder: 'lamp', kind: 'led', pins: ['D13'] });
    await vi.waitFor(() => expect(states.at(-1)?.pins).toHaveLength(1));
    expect(idle).toEqual([]);
    await lamp.close();
    await vi.waitFor(() => expect(idle).toHaveLength(1));
    expect(await own.standard()).toBe(board);
    idle[0]?.();
    expect(states.at(-1)).toBeUndefined();
    expect(() => board.output({ holder: 'late', kind: 'led', pins: ['D12'] })).toThrow(code('BOARD_CLOSED'));
    const next = await own.standard();
    expect(next).not.toBe(board);
    await sampling(next).take(2);
    await vi.waitFor(() => expect(states.at(-1)).toMatchObject({ connected: true }));
    await own.close();
    expect(idle).toEqual([]);
  });

  it('gives no more readings once the process drains, while outputs still work', async () => {
    const own = createBoards({ clock: systemClock });
    const board = await own.standard();
    const samples: Sample[] = [];
    board.sample({ holder: 's', channels: STANDARD_CHANNELS, rate: 100 }, { next: (sample) => samples.push(sample) });
    const led = board.output({ holder: 'lamp', kind: 'led', pins: ['D13'] });
    await vi.waitFor(() => expect(samples.length).toBeGreaterThan(2));
    own.pause();
    const before = samples.length;
    await led.set(true);
    await vi.waitFor(() => expect(pinOf(board.state(), 'D13')?.value).toBe(1));
    await systemClock.sleep(50);
    expect(samples.length).toBe(before);
    await own.close();
  });
});

describe('a board whose worker dies', () => {
  it('says so, sends nothing stale, and comes back with its outputs and readers', async () => {
    const own = createBoards({ clock: systemClock, worker: new URL('./mortal-worker.ts', import.meta.url) });
    const board = await own.open('mortal', { name: 'mortal' });
    const events: string[] = [];
    const samples: Sample[] = [];
    const listener = {
      next: (sample: Sample) => samples.push(sample),
      lost: (error: { code: string }) => events.push(error.code),
      back: () => events.push('back'),
    };
    board.sample({ holder: 's', channels: STANDARD_CHANNELS, rate: 100 }, listener);
    const warm: number[] = [];
    const thermometer = {
      next: ({ value }: Measurement) => warm.push(Number(value)),
      lost: () => events.push('lost too'),
    };
    board.read({ holder: 't', kind: 'tmp36', pins: ['A3'], period: 50 }, thermometer);
    const led = board.output({ holder: 'lamp', kind: 'led', pins: ['D13'] });
    await led.set(true);
    await board.setWorld({ inlet: 'blocked' });
    await vi.waitFor(() => expect(samples.length).toBeGreaterThan(5));

    await expect(board.setWorld({ bearing: 'worn' })).rejects.toThrow(code('BOARD_LOST', 'mortal'));
    expect(events).toEqual(['BOARD_LOST', 'lost too']);
    expect(board.state().connected).toBe(false);
    await expect(led.set(true)).rejects.toThrow(code('BOARD_LOST'));
    await expect(board.setWorld({})).rejects.toThrow(code('BOARD_LOST'));
    const [gone, cold] = [samples.length, warm.length];

    await vi.waitFor(() => expect(events).toContain('back'), { timeout: 60_000 });
    await vi.waitFor(() => expect(samples.length).toBeGreaterThan(gone + 5));
    // The outage is a gap before the first sample after it, and only there.
    const [last, first, ...rest] = samples.slice(gone - 1);
    const outage = (first?.time ?? 0) - (last?.time ?? 0);
    expect(first?.missing).toBe(Math.round(outage / 10) - 1);
    expect(rest.every(({ missing }) => missing === 0)).toBe(true);
    await vi.waitFor(() => expect(warm.length).toBeGreaterThan(cold + 1));
    await vi.waitFor(() => expect(pinOf(board.state(), 'D13')?.value).toBe(1));
    expect(board.state()).toMatchObject({ connected: true, world: { inlet: 'blocked', bearing: 'good' } });
    await own.close();
  });

  it('tells a sensor or an output that cannot be set up, and it alone', async () => {
    const own = createBoards({ clock: systemClock, worker: faulty });
    const board = await own.open('faulty', { name: 'bench' });
    const lost: string[] = [];
    const listen = (who: string, back?: () => void) => ({
      next: () => undefined,
      lost: (error: { code: string; message: string }) => lost.push(`${who}: ${error.message}`),
      ...(back && { back }),
    });
    board.read({ holder: 'light', kind: 'light', pins: ['A4'], period: 100 }, listen('light'));
    board.read({ holder: 'warm', kind: 'tmp36', pins: ['A3'], period: 100 }, listen('warm'));
    board.output({ holder: 'arm', kind: 'servo', pins: ['D9'], ...listen('arm') });
    await vi.waitFor(() => expect(lost).toEqual(['light: A4 is broken', 'arm: D9 is broken']));
    expect(board.state().connected).toBe(true);

    const back = new Promise<void>((resolve) => {
      board.sample({ holder: 's', channels: STANDARD_CHANNELS, rate: 10 }, listen('s', resolve));
    });
    await expect(board.setWorld({ bearing: 'worn' })).rejects.toThrow(code('BOARD_LOST'));
    lost.length = 0;
    await back;
    expect(lost).toEqual(['arm: D9 is broken', 'light: A4 is broken']);
    await own.close();
  });

  it('is refused where it cannot start at all', async () => {
    const own = createBoards({ clock: systemClock, worker: new URL('./no-such-worker.ts', import.meta.url) });
    await expect(own.standard()).rejects.toThrow(code('BOARD_LOST'));
    await own.close();
  });
});

/** What every kind of board keeps to: each runs this, virtual or real. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import {
  type Board,
  createBoards,
  createWorld,
  type Measurement,
  quantise,
  type Sample,
} from '../../../runtime/devices/index.ts';
import type { ON_EVERY_BOARD } from '../../../runtime/devices/catalogue/exercised.ts';
import type { Harness, Running } from './harness.ts';

const soon = { timeout: 60_000, interval: 20 };
/** A board that was unplugged is tried again at growing intervals. */
const back = { timeout: 60_000, interval: 20 };
const FADING = ['D3', 'D5', 'D6', 'D9', 'D10', 'D11'];
const DIGITAL = Array.from({ length: 12 }, (_, index) => `D${index + 2}`);
const ANALOG = ['A0', 'A1', 'A2', 'A3', 'A4', 'A5'];
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const volts = (...pins: string[]) => pins.map((pin) => ({ name: pin, pin, kind: 'volts' as const }));
/** The converter's counts of a voltage that was reckoned from them. */
const counts = (value: number) => Math.round((value * 1023) / 5);
const code = (wanted: string) => expect.objectContaining({ code: wanted }) as unknown;

export function boardsConform(harness: Harness): void {
  const skipped = harness.missing === true && !process.env['CI'];

  // A board runs in real time, as an emulated chip too: where a machine stands still for seconds it is rightly lost.
  describe.skipIf(skipped)(`a board of the kind ${harness.kind}`, { timeout: 180_000, retry: 2 }, () => {
    const start = async (seed = 1, scene: 'pump' | 'room' = 'pump'): Promise<Running & { readonly board: Board }> => {
      const running = await harness.start({ scene, seed });
      const boards = createBoards({ clock: systemClock, ...running.options });
      onTestFinished(async () => {
        await boards.close();
        await running.stop();
      });
      const board = await boards.open('bench', { name: 'bench', ...running.settings, scene, seed });
      // A real board is waited for: it starts anew when its port is opened.
      await vi.waitFor(() => expect(board.state().connected).toBe(true), back);
      return { ...running, board };
    };
    const take = async (board: Board, pins: readonly string[], rate: number, enough: number, holder = 'reader') => {
      const samples: Sample[] = [];
      const channels = volts(...pins);
      const subscription = board.sample({ holder, channels, rate }, { next: (sample) => samples.push(sample) });
      await vi.waitFor(() => expect(samples.length).toBeGreaterThanOrEqual(enough), { timeout: 60_000, interval: 20 });
      subscription.close();
      return samples.slice(0, enough);
    };
    const steps = (samples: readonly Sample[]) =>
      samples.slice(1).map(({ time }, index) => time - (samples[index]?.time ?? 0));
    const output = (board: Board, kind: (typeof ON_EVERY_BOARD)[number], pin: string) =>
      board.output({ holder: `${kind} on ${pin}`, kind, pins: [pin] });

    it('says what its pins can do', async () => {
      const { board } = await start();
      const { pins, connected, firmware } = board.abilities();
      const able = (use: string) => pins.filter(({ uses }) => uses.some((one) => one === use)).map(({ name }) => name);
      expect(connected).toBe(true);
      expect(firmware).not.toBe('');
      expect(able('analog')).toEqual(ANALOG);
      expect(able('pwm')).toEqual(FADING);
      expect(able('servo')).toEqual(DIGITAL);
      expect(able('digital')).toEqual([...DIGITAL, ...ANALOG]);
      expect(able('output')).toEqual([...DIGITAL, ...ANALOG]);
      expect(able('i2c')).toEqual(['A4', 'A5']);
    });

    it('measures what its world is, to one count', async () => {
      const { board } = await start(42);
      const samples = await take(board, ANALOG.slice(0, 4), 100, 45);
      const world = createWorld({ scene: 'pump', seed: 42 });
      const truth = upTo(4000).map((index) => {
        const { volts: now } = world.read(index * 10);
        return ANALOG.slice(0, 4).map((pin) => quantise(now[pin] ?? 0));
      });
      const near = (row: readonly number[] | undefined, { values }: Sample) =>
        row !== undefined && values.every((value, index) => Math.abs(counts(value) - (row[index] ?? NaN)) <= 1);
      let after = 0;
      const places = samples.map(({ missing }, index) => (after += index === 0 ? 0 : 1 + missing));
      const found = truth.findIndex((_, from) =>
        samples.every((sample, index) => near(truth[from + (places[index] ?? 0)], sample)),
      );
      expect(found).toBeGreaterThanOrEqual(0);
    });

    it.each([10, 50, 100, 200])('brings %d samples a second, stamped with the present time', async (rate) => {
      const { board } = await start();
      const before = Date.now();
      const samples = await take(board, ['A0', 'A3'], rate, rate === 10 ? 12 : 60);
      const after = Date.now();
      expect(samples[0]?.time).toBeGreaterThan(before - 100);
      expect(samples.at(-1)?.time).toBeLessThan(after + 100);
      const apart = steps(samples);
      // A machine too busy to run the board in time makes gaps; they are counted, and never filled.
      if (harness.stamps === 'board') {
        expect(apart).toEqual(samples.slice(1).map(({ missing }) => ((1 + missing) * 1000) / rate));
      } else {
        // One delivery that was held up, the first above all, moves the mean, not the median.
        const median = apart.toSorted((a, b) => a - b)[apart.length >> 1];
        expect(median).toBeCloseTo(1000 / rate, -0.5);
      }
    });

    it('serves two readers of one pin, each at its own rate, from the same samples', async () => {
      const { board } = await start();
      const [fast, slow] = await Promise.all([
        take(board, ['A0', 'A1'], 100, 80, 'fast'),
        take(board, ['A1'], 20, 12, 'slow'),
      ]);
      const shared = slow.flatMap((sample) => {
        const same = fast.find(({ time }) => time === sample.time);
        return same ? [{ same, sample }] : [];
      });
      expect(shared.length).toBeGreaterThan(5);
      for (const { same, sample } of shared) expect(sample.values[0]).toBe(same.values[1]);
    });

    it('tells when a button is pressed and released', async () => {
      const { board, setWorld } = await start(1, 'room');
      const heard: unknown[] = [];
      board.read(
        { holder: 'button', kind: 'button', pins: ['D4'], period: 50 },
        { next: ({ value }: Measurement) => heard.push(value) },
      );
      for (const turn of upTo(3)) {
        await setWorld(board, { button: 'pressed' });
        await vi.waitFor(() => expect(heard).toHaveLength(2 * turn + 1), soon);
        await setWorld(board, { button: 'released' });
        await vi.waitFor(() => expect(heard).toHaveLength(2 * turn + 2), soon);
      }
      expect(heard).toEqual([1, 0, 1, 0, 1, 0]);
    });

    it('switches, fades and turns what is on its pins', async () => {
      const { board, pin } = await start();
      const relay = output(board, 'relay', 'D7');
      const lamps = FADING.slice(0, 5).map((name) => ({ name, led: output(board, 'led', name) }));
      const servo = output(board, 'servo', 'D8');
      for (const round of [1, 2, 3]) {
        await relay.set(round % 2 === 1);
        for (const [index, { led }] of lamps.entries()) await led.set((round * 20 + index * 5) / 100);
        await servo.set(round * 45);
        await vi.waitFor(() => {
          expect(pin(board, 'D7')).toBe(round % 2);
          for (const [index, { name }] of lamps.entries()) {
            expect(Math.abs((pin(board, name) ?? NaN) - (round * 20 + index * 5) / 100)).toBeLessThan(0.01);
          }
          expect(Math.abs((pin(board, 'D8') ?? NaN) - round * 45)).toBeLessThanOrEqual(1);
        }, soon);
      }
    });

    it('gives a pin to one holder, and says who has it', async () => {
      const { board } = await start();
      output(board, 'led', 'D9');
      expect(() => output(board, 'servo', 'D9')).toThrow(code('PIN_TAKEN'));
      expect(() => output(board, 'led', 'D99')).toThrow(code('PIN_UNKNOWN'));
      expect(() => board.sample({ holder: 'x', channels: volts('D4'), rate: 10 }, { next: () => undefined })).toThrow(
        code('PIN_MODE'),
      );
      const reader = board.sample({ holder: 'x', channels: volts('A2'), rate: 10 }, { next: () => undefined });
      expect(() => output(board, 'relay', 'A2')).toThrow(code('PIN_TAKEN'));
      reader.close();
      await output(board, 'relay', 'A2').set('on');
    });

    it('puts an output in its safe state when it is let go, and every output when the board is closed', async () => {
      const { board, pin } = await start();
      const lamp = output(board, 'led', 'D13');
      const fan = output(board, 'relay', 'D7');
      await lamp.set(true);
      await fan.set(true);
      await vi.waitFor(() => expect([pin(board, 'D13'), pin(board, 'D7')]).toEqual([1, 1]), soon);
      const seen = new Map<string, number>();
      board.onState(({ pins }) => pins.forEach(({ pin: name, value }) => seen.set(name, Number(value))));
      await lamp.close();
      expect(() => output(board, 'servo', 'D13')).not.toThrow();
      await board.close();
      await vi.waitFor(() => expect(pin(board, 'D7') ?? 0).toBe(0), soon);
    });

    it('brings nothing while it is gone, and goes on where it was when it is back', async () => {
      const { board, pin, unplug, replug } = await start();
      const events: string[] = [];
      const samples: Sample[] = [];
      let gone = false;
      let stale = 0;
      board.sample(
        { holder: 'reader', channels: volts('A0', 'A3'), rate: 100 },
        {
          next: (sample) => (gone ? (stale += 1) : samples.push(sample)),
          lost: ({ code: what }) => ((gone = true), events.push(what)),
          back: () => ((gone = false), events.push('back')),
        },
      );
      const relay = output(board, 'relay', 'D7');
      const lamp = output(board, 'led', 'D9');
      await relay.set('on');
      await lamp.set(0.4);
      await vi.waitFor(() => expect(samples.length).toBeGreaterThan(20), soon);
      await unplug(board);
      await vi.waitFor(() => expect(events).toEqual(['BOARD_LOST']), soon);
      expect(board.state().connected).toBe(false);
      await expect(relay.set('off')).rejects.toThrow(code('BOARD_LOST'));
      const before = samples.length;
      await replug();
      await vi.waitFor(() => expect(events).toEqual(['BOARD_LOST', 'back']), back);
      await vi.waitFor(() => expect(samples.length).toBeGreaterThan(before + 20), soon);
      expect(stale).toBe(0);
      await vi.waitFor(() => expect(pin(board, 'D9')).toBeCloseTo(0.4, 1), soon);
      expect(board.state().connected).toBe(true);
    });

    it('leaves nothing behind when it is closed', async () => {
      const counted = () =>
        process.getActiveResourcesInfo().filter((name) => /TCP|Pipe|MessagePort|TTY|FSReq/.test(name));
      const running = await harness.start({ scene: 'pump', seed: 1 });
      const before = counted().length;
      for (const turn of upTo(3)) {
        const boards = createBoards({ clock: systemClock, ...running.options });
        const board = await boards.open(`turn ${turn}`, { name: 'bench', ...running.settings });
        await take(board, ['A0'], 100, 5);
        await boards.close();
      }
      await vi.waitFor(() => expect(counted().length).toBeLessThanOrEqual(before), soon);
      await running.stop();
    });
  });
}

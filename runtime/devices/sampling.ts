import type { MillraceError } from '../base/index.ts';
import { toUnit } from './conversion.ts';
import type { SamplingPlan, SessionEvent } from './session/protocol.ts';
import { type Channel, chipOf, sourceOf } from './catalogue/channels.ts';
import type { Listener, Sample } from './types.ts';

/** ms: boards are sampled no slower, so that a slow reader's pin still shows its present value. */
const SLOWEST = 1000;
const STANDARD = 50;

type Frame = Extract<SessionEvent, { kind: 'frame' }>;

interface Reader {
  readonly channels: readonly Channel[];
  /** ms */
  readonly period: number;
  readonly listener: Listener<Sample>;
  /**
   * ms since its last sample was due, counted in the board's instants: stamps wander, the more so over a wire, and a clock is
   * set. `undefined`: the next sample is due at once.
   */
  since: number | undefined;
  /** The time of its last sample before the board was lost, until the next comes. */
  lostAt: number | undefined;
  /** The time of its last sample. */
  last: number | undefined;
  /** The frame before, whether it was this reader's turn or not. */
  before: { readonly time: number; readonly interval: number } | undefined;
  /** It names a pin that the board has not: the others are read without it. */
  refused: boolean;
}

const readsChip = ({ channels }: Reader, address: number) => channels.some((held) => chipOf(held)?.address === address);

/**
 * Shares the readings of a board: it is sampled at the fastest rate asked for, and each reader gets its own.
 *
 * @param analogVolts at which its analog inputs read all they can
 */
export function createSampling(analogVolts: number) {
  const readers = new Set<Reader>();
  /** Analog pins that sensors need, with how often, ms. */
  const others = new Map<number, { pins: readonly string[]; every: number }>();

  /** ms from the frame before to this one. */
  const passed = ({ before }: Reader, { time, interval, missing }: Frame) => {
    const counted = (1 + missing) * interval;
    if (!before || before.interval === interval) return counted;
    // At another pace the board begins to count anew.
    const between = time - before.time;
    return between >= 0 && between <= 2 * (before.interval + interval) ? between : counted;
  };

  const give = (reader: Reader, frame: Frame) => {
    const { period, lostAt } = reader;
    const back = lostAt !== undefined;
    // Before its first sample nothing was asked for that could be missing.
    reader.since = back || reader.since === undefined ? period : reader.since + passed(reader, frame);
    reader.before = frame;
    const turns = Math.floor((reader.since + Math.min(period, frame.interval) / 2) / period);
    if (turns < 1) return;
    reader.since -= turns * period;
    const missing = back ? Math.max(0, Math.round((frame.time - lostAt) / period) - 1) : turns - 1;
    reader.lostAt = undefined;
    reader.last = frame.time;
    const values = reader.channels.map((channel) =>
      toUnit(channel.kind, frame.counts[frame.pins.indexOf(sourceOf(channel))] ?? 0, analogVolts),
    );
    reader.listener.next({ time: frame.time, values, missing });
  };

  return {
    add(channels: readonly Channel[], period: number, listener: Listener<Sample>): () => void {
      const reader: Reader = {
        channels,
        period,
        listener,
        since: undefined,
        lostAt: undefined,
        last: undefined,
        before: undefined,
        refused: false,
      };
      readers.add(reader);
      return () => void readers.delete(reader);
    },
    /** @param pins the analog ones of a sensor; where it has none the board is read as before */
    addSensor(id: number, pins: readonly string[], every: number): () => void {
      if (pins.length > 0) others.set(id, { pins, every });
      return () => void others.delete(id);
    },
    /** Whether a channel is on this pin. */
    reads: (pin: string): boolean =>
      [...readers].some(({ channels }) => channels.some((channel) => channel.pin === pin)),
    plan(): SamplingPlan {
      const asked = [...readers].filter(({ refused }) => !refused);
      const channels = asked.flatMap((reader) => reader.channels);
      const pins = [...new Set(channels.filter((channel) => !chipOf(channel)).map(({ pin }) => pin))].sort();
      const chips = new Map(
        channels.flatMap((channel) => {
          const on = chipOf(channel);
          if (!on) return [];
          const { label, register, bytes, skip, order, setup } = on.chip;
          return [
            [on.address, { chip: on.name, address: on.address, label, register, bytes, skip, order, setup }] as const,
          ];
        }),
      );
      const periods = [...asked.map(({ period }) => period), ...[...others.values()].map(({ every }) => every)];
      const interval = periods.length === 0 ? STANDARD : Math.min(SLOWEST, ...periods);
      const rest = [...new Set([...others.values()].flatMap(({ pins: held }) => held))].filter(
        (pin) => !pins.includes(pin),
      );
      return { interval, pins, others: rest, chips: [...chips.values()] };
    },
    frame(frame: Frame): void {
      for (const reader of [...readers]) {
        // A frame of the plan before this reader came lacks its pins.
        if (readers.has(reader) && reader.channels.every((channel) => frame.pins.includes(sourceOf(channel))))
          give(reader, frame);
      }
    },
    lost(error: MillraceError): void {
      for (const reader of readers) {
        // What follows is a gap, however long it takes.
        reader.lostAt ??= reader.last;
        reader.listener.lost?.(error);
      }
    },
    /** A chip stopped answering: told to those that read it. The others go on without it. */
    absent(address: number, error: MillraceError): void {
      for (const reader of readers) {
        if (!readsChip(reader, address)) continue;
        reader.lostAt ??= reader.last;
        reader.listener.lost?.(error);
      }
    },
    /** It answers again. */
    present(address: number): void {
      for (const reader of readers) if (readsChip(reader, address)) reader.listener.back?.();
    },
    /** Tells those readers of which a pin cannot be read, and leaves them out. */
    refuse(problemOf: (channel: Channel) => MillraceError | undefined): void {
      for (const reader of readers) {
        const [problem] = reader.channels.flatMap((channel) => problemOf(channel) ?? []);
        reader.refused = problem !== undefined;
        if (problem) reader.listener.lost?.(problem);
      }
    },
    /** Takes those in again of which every pin can be read now. */
    accept(problemOf: (channel: Channel) => MillraceError | undefined): void {
      for (const reader of readers) {
        if (!reader.refused || reader.channels.some((channel) => problemOf(channel))) continue;
        reader.refused = false;
        reader.listener.back?.();
      }
    },
    /** Whether anything is to be sampled. */
    wanted: (): boolean => readers.size > 0 || others.size > 0,
    back(): void {
      for (const reader of readers) {
        reader.since = undefined;
        if (!reader.refused) reader.listener.back?.();
      }
    },
  };
}

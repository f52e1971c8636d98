import type { MillraceError } from '../base/index.ts';
import { toUnit } from './conversion.ts';
import type { SamplingPlan, SessionEvent } from './session/protocol.ts';
import type { Channel } from './catalogue/channels.ts';
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
  /** When its next sample is due; `undefined`: at once. */
  due: number | undefined;
  /** ms of samples that were never read since its last one. */
  lacking: number;
}

/** Shares the readings of a board: it is sampled at the fastest rate asked for, and each reader gets its own. */
export function createSampling() {
  const readers = new Set<Reader>();
  /** Analog pins that sensors need, with how often, ms. */
  const others = new Map<number, { pins: readonly string[]; every: number }>();

  const give = (reader: Reader, frame: Frame) => {
    reader.lacking += frame.missing * frame.interval;
    const early = reader.due === undefined ? 0 : reader.due - frame.time;
    // A clock that was set back must not silence a reader until it has caught up.
    if (early > frame.interval / 2 && early < 2 * reader.period) return;
    const next = (reader.due ?? frame.time) + reader.period;
    reader.due = Math.abs(next - reader.period - frame.time) > reader.period ? frame.time + reader.period : next;
    const missing = Math.round(reader.lacking / reader.period);
    reader.lacking = 0;
    const values = reader.channels.map(({ kind, pin }) => toUnit(kind, frame.counts[frame.pins.indexOf(pin)] ?? 0));
    reader.listener.next({ time: frame.time, values, missing });
  };

  return {
    add(channels: readonly Channel[], period: number, listener: Listener<Sample>): () => void {
      const reader: Reader = { channels, period, listener, due: undefined, lacking: 0 };
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
      const pins = [...new Set([...readers].flatMap(({ channels }) => channels.map(({ pin }) => pin)))].sort();
      const periods = [...[...readers].map(({ period }) => period), ...[...others.values()].map(({ every }) => every)];
      const interval = periods.length === 0 ? STANDARD : Math.min(SLOWEST, ...periods);
      const rest = [...new Set([...others.values()].flatMap(({ pins: held }) => held))].filter(
        (pin) => !pins.includes(pin),
      );
      return { interval, pins, others: rest };
    },
    frame(frame: Frame): void {
      for (const reader of [...readers]) {
        // A frame of the plan before this reader came lacks its pins.
        if (readers.has(reader) && reader.channels.every(({ pin }) => frame.pins.includes(pin))) give(reader, frame);
      }
    },
    lost(error: MillraceError): void {
      for (const { listener } of readers) listener.lost?.(error);
    },
    back(): void {
      for (const reader of readers) {
        reader.due = undefined;
        reader.lacking = 0;
        reader.listener.back?.();
      }
    },
  };
}

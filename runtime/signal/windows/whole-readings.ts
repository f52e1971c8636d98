import { SINGLE_CHANNEL } from '../channels.ts';
import type { Stage } from './stage.ts';
import type { Tally } from './tally.ts';

/** Puts the channels' values of a reading into a sample. */
export interface Intake {
  /** @returns whether the reading was a whole sample; one that is not is left out */
  take(payload: unknown, time: number, name: string | undefined, origin: unknown): boolean;
  /** Of a batch, the sample of this index. */
  takeFrom(
    columns: Readonly<Record<string, ArrayLike<number>>>,
    index: number,
    time: number,
    name: string | undefined,
    origin: unknown,
  ): boolean;
  restart(): void;
}

/** What the samples of a window can hold: a Float32 that is finite. */
export const isUsable = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(Math.fround(value));

/** Readings that bring every channel: whole samples only, the others are left out. */
export function wholeReadings(channels: readonly string[], next: Stage, tally: Tally): Intake {
  const width = channels.length;
  const names = [...channels];
  const sample = new Float64Array(width);
  const single = width === 1 && names[0] === SINGLE_CHANNEL;

  const fill = (payload: unknown): boolean => {
    if (typeof payload === 'number') {
      sample[0] = payload;
      return single && isUsable(payload);
    }
    if (typeof payload !== 'object' || payload === null) return false;
    for (let channel = 0; channel < width; channel++) {
      // What an object inherits is no number.
      const value = (payload as Record<string, unknown>)[names[channel] as string];
      if (!isUsable(value)) return false;
      sample[channel] = value;
    }
    return true;
  };

  return {
    take(payload, time, _name, origin) {
      if (!fill(payload)) return false;
      next.push(sample, time, tally.inRow.incomplete, origin);
      return true;
    },
    takeFrom(columns, index, time, _name, origin) {
      for (let channel = 0; channel < width; channel++) {
        const value = columns[names[channel] as string]?.[index];
        if (!isUsable(value)) return false;
        sample[channel] = value;
      }
      next.push(sample, time, tally.inRow.incomplete, origin);
      return true;
    },
    restart: () => undefined,
  };
}

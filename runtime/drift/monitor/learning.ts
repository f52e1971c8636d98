import type { DriftSummary, ReferenceRows } from '../types.ts';

/** The first rows of a stream, on their way to become its reference. */
export interface Learning {
  readonly names: readonly string[];
  readonly summary: DriftSummary;
  /** @returns the reference with the row that completes it */
  push(row: Float64Array): ReferenceRows | undefined;
}

export function createLearning(names: readonly string[], size: number, time: number): Learning {
  const held = new Float64Array(size * names.length);
  let count = 0;
  return {
    names,
    get summary(): DriftSummary {
      return { state: 'learning', since: time, samples: count, window: size, features: [] };
    },
    push(row) {
      held.set(row, count * names.length);
      count++;
      if (count < size) return undefined;
      const at = (index: number) => held.subarray(index * names.length, (index + 1) * names.length);
      return { names, rows: Array.from({ length: size }, (_, index) => at(index)) };
    },
  };
}

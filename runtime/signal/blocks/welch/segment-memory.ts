import type { Step } from '../block.ts';

/** The densities of the segments of the last window, of one channel. */
export interface SegmentMemory {
  readonly bytes: number;
  /** One a segment, in order. */
  readonly densities: readonly Float64Array[];
  /**
   * Moves them to where they lie in the next window.
   *
   * @returns how many of the first are those of this window too; the others are to be computed
   */
  move(column: Float64Array, step: Step): number;
}

interface SegmentMemoryOptions {
  /** Samples in a window, and from one segment to the next. */
  readonly length: number;
  readonly hop: number;
  readonly bins: number;
  /** Of segments. */
  readonly count: number;
}

/**
 * A segment's density depends on its samples alone: of windows that overlap by whole segments, those that both have are computed
 * once, with the same bytes. That the samples are the same is looked at, since blocks before may have changed them.
 */
export function createSegmentMemory({ length, hop, bins, count }: SegmentMemoryOptions): SegmentMemory {
  const kept = new Float64Array(length);
  const all = new Float64Array(count * bins);

  const unchanged = (column: Float64Array, fresh: number): boolean => {
    for (let n = fresh; n < length; n++) if (kept[n] !== column[n - fresh]) return false;
    return true;
  };

  return {
    bytes: kept.byteLength + all.byteLength,
    densities: Array.from({ length: count }, (_, place) => all.subarray(place * bins, (place + 1) * bins)),
    move(column, { continued, fresh }) {
      const gone = fresh / hop;
      const known = continued && Number.isInteger(gone) && gone < count && unchanged(column, fresh) ? count - gone : 0;
      if (known > 0) all.copyWithin(0, gone * bins);
      kept.set(column);
      return known;
    },
  };
}

import type { WindowPayload } from '../messages/index.ts';
import type { Columns, Step } from './blocks/block.ts';

/** A stamp may be this many samples off: times of arrival wander. */
const WANDER = 3;

/** Tells how each window lies to the one before it. */
export interface Steps {
  /** @param columns its samples, as no block has changed them yet */
  next(window: WindowPayload, columns: Columns): Step;
}

/**
 * Windows that overlap are recognised by the samples that they share, which no clock can blur; those that do not by where
 * they begin. A window that is given twice, goes back, or comes after a silence of more than a quarter of a window is a new
 * beginning.
 *
 * @param length   samples in a window
 * @param stride   that is expected
 * @param channels whose samples are compared
 */
export function createSteps(length: number, stride: number, channels: readonly string[]): Steps {
  const kept = channels.map((channel) => ({ channel, samples: new Float64Array(length) }));
  let before = NaN;
  let expected = stride;

  const overlaps = (columns: Columns, fresh: number): boolean => {
    for (const { channel, samples } of kept) {
      const column = columns.get(channel) as Float64Array;
      for (let at = fresh; at < length; at++) if (samples[at] !== column[at - fresh]) return false;
    }
    return true;
  };

  const find = (moved: number, columns: Columns): number | undefined => {
    const near = Math.round(moved);
    const wander = Array.from({ length: WANDER }, (_, index) => [near - index - 1, near + index + 1]).flat();
    // What repeats itself fits at many places: the usual one comes first, unless the stamps speak against it, or the samples
    // cannot speak for it because none are shared.
    const usual = Math.abs(moved - expected) <= WANDER && expected < length ? [expected] : [];
    return [...usual, near, ...wander, expected].find((fresh) => {
      const possible = fresh >= 1 && fresh <= length && Math.abs(moved - fresh) <= length / 4;
      return possible && overlaps(columns, fresh);
    });
  };

  return {
    next({ start, rate }, columns) {
      const moved = ((start - before) / 1000) * rate;
      const fresh = moved > 0 ? find(moved, columns) : undefined;
      before = start;
      expected = fresh ?? stride;
      for (const { channel, samples } of kept) samples.set(columns.get(channel) as Float64Array);
      return fresh === undefined ? { fresh: length, continued: false } : { fresh, continued: true };
    },
  };
}

/** Where no block asks how windows lie to one another, every one is a new beginning. */
export function freshSteps(length: number): Steps {
  const step: Step = { fresh: length, continued: false };
  return { next: () => step };
}

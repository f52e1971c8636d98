import type { Clock } from '../../base/index.ts';
import { spanOf } from '../data-sets/examine/leakage.ts';
import type { NewExample } from '../data-sets/types.ts';
import { isWindow } from '../data-sets/shape.ts';

/** Shorter than a sample at any rate that is met. */
const HAIR = 1e-3;

/**
 * Which examples began before the press of a button: the window that comes first after it holds samples of what was before.
 * It goes by the times of the messages, which in a replay are not those of the clock.
 */
export function createPresses(clock: Clock) {
  let last: { readonly time: number; readonly at: number; readonly apart: number } | undefined;
  let pressed = -Infinity;
  /** What had come until then. */
  let until = -Infinity;
  return {
    /** Of every message, whether it is taken or not. */
    seen(time: unknown): void {
      if (typeof time !== 'number' || !Number.isFinite(time)) return;
      last = { time, at: clock.monotonic(), apart: Math.max(0, time - (last?.time ?? time)) };
    },
    press(): void {
      until = last?.time ?? -Infinity;
      // No longer than from one message to the next: a replay that rested goes on where it was.
      pressed = last ? last.time + Math.min(last.apart, clock.monotonic() - last.at) : -Infinity;
    },
    /** @param example with the time of its last sample */
    isBefore({ payload, time, recipeText }: NewExample): boolean {
      const window = isWindow(payload) ? { rate: payload.rate, samples: payload.shape[0] } : undefined;
      const span = spanOf({ ...(window && { window }), ...(recipeText !== undefined && { recipe: recipeText }) });
      // Time that runs backwards is another recording.
      return span > 0 && typeof time === 'number' && time > until && time - span < pressed - HAIR;
    },
  };
}

import type { WindowPayload } from '../messages/index.ts';
import type { Step } from './blocks/block.ts';

/** How far a window may begin from where it should, in sample periods, to go on from the one before: a stamp is a whole ms. */
const TOLERANCE = 0.5;

/**
 * Tells how each window lies to the one before it, by where it begins. A window that is given twice, or goes back, is a new
 * beginning.
 *
 * @param length samples in a window
 */
export function createSteps(length: number): (window: WindowPayload) => Step {
  let before = NaN;
  return ({ start, rate }) => {
    const moved = ((start - before) / 1000) * rate;
    before = start;
    const fresh = Math.round(moved);
    const continued = fresh >= 1 && fresh <= length && Math.abs(moved - fresh) <= TOLERANCE;
    return continued ? { fresh, continued } : { fresh: length, continued: false };
  };
}

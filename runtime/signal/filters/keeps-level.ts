import type { Section } from './section.ts';
import { createSosFilter } from './sos-filter.ts';

/** Samples after which what rounding adds has shown itself. */
const SAMPLES = 500;
/** Of the level. A low-pass at a millionth of the sample rate is off by 4e-6, those that are often used by 1e-12. */
const TOLERANCE = 1e-4;

/**
 * Whether rounding leaves a filter what it is designed to be: a level at which the signal has stood for ever stays where it is. Poles that lie too
 * near to one another or to the unit circle let it wander off, and the filter with it.
 *
 * @param gain of the level: 1, or 0 where the filter keeps it back
 */
export function keepsLevel(sections: readonly Section[], gain: number): boolean {
  const filter = createSosFilter(sections);
  filter.reset(1);
  for (let n = 0; n < SAMPLES; n++) {
    if (!(Math.abs(filter.step(1) - gain) <= TOLERANCE)) return false;
  }
  return true;
}

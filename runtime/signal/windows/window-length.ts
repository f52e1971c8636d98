import type { WindowSettings } from './settings.ts';

/** Samples that every window of these settings has; 0 where that is not known before they have come. */
export function windowLength({ cut, length, before, after, seconds, resample }: WindowSettings): number {
  if (cut === 'count') return length;
  if (cut === 'trigger') return before + after;
  return Math.round(seconds * resample);
}

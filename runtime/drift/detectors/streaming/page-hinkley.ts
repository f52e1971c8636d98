import type { ChangeDetector } from './change-detector.ts';
import { checkValue, restoreState, saveState } from './state.ts';

export interface PageHinkleyOptions {
  /** Values before the first alarm. Default 30. */
  readonly least?: number;
  /** How far values may stray from their mean without counting, in their unit. Default 0.005. */
  readonly delta?: number;
  /** Sum of deviations that is a change, in their unit. Default 50. */
  readonly threshold?: number;
  /** What is left of the sum with each value. Default 0.9999. */
  readonly alpha?: number;
  /** Which way the mean must move. Default `up`: of errors, a falling mean is no alarm. */
  readonly mode?: 'up' | 'down' | 'both';
}

/**
 * Page–Hinkley test: sums how far each value lies above the mean of all so far (or below it), less what does not count and
 * never less than zero, and alarms when the sum is large.
 *
 * @see Page (1954), Biometrika 41; Hinkley (1971), Biometrika 58; alarms where River's PageHinkley
 *   does for a rising mean
 *
 * @example
 * const detector = createPageHinkley({ threshold: 10 });
 * const alarm = Array.from({ length: 200 }, (_, n) => detector.update(n < 100 ? 0 : 1)).indexOf('change');
 * alarm; // 110
 */
export function createPageHinkley(options: PageHinkleyOptions = {}, saved?: unknown): ChangeDetector {
  const { least = 30, delta = 0.005, threshold = 50, alpha = 0.9999, mode = 'up' } = options;
  const name = 'page-hinkley';
  const settings = { least, delta, threshold, alpha, mode };
  const fresh = () => ({ count: 0, mean: 0, up: 0, down: 0, done: 0 });
  let state = restoreState(name, settings, fresh(), saved);

  return {
    update(value) {
      checkValue(name, value);
      if (state.done === 1) state = fresh();
      state.count++;
      state.mean += (value - state.mean) / state.count;
      const deviation = value - state.mean;
      state.up = Math.max(0, alpha * state.up + deviation - delta);
      state.down = Math.max(0, alpha * state.down - deviation - delta);
      if (state.count < least) return 'calm';
      const rises = mode !== 'down' && state.up > threshold;
      const falls = mode !== 'up' && state.down > threshold;
      if (!rises && !falls) return 'calm';
      state.done = 1;
      return 'change';
    },
    reset: () => (state = fresh()),
    save: () => saveState(name, settings, state),
  };
}

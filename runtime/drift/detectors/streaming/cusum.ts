import type { ChangeDetector } from './change-detector.ts';
import { checkValue, restoreState, saveState } from './state.ts';

export interface CusumOptions {
  /** Values that the mean and the spread are learned from, where they are not given. Default 100. */
  readonly learn?: number;
  /** What the values should be, and how they spread: given both, nothing is learned. */
  readonly mean?: number;
  readonly deviation?: number;
  /** Deviations that do not count: half of the shift that is to be found. Default 0.5. */
  readonly slack?: number;
  /** Sum of deviations that is a change. With .5 slack, 5 alarms once in 465 independent normal values, 8 in 9,400. Default 8. */
  readonly threshold?: number;
}

/**
 * Two-sided tabular CUSUM: sums by how many standard deviations values lie above their mean, and below it, less a slack.
 *
 * @see Page (1954), Biometrika 41; Montgomery, Introduction to Statistical Quality Control, chapter 9
 *
 * @example
 * const detector = createCusum({ mean: 0, deviation: 1, threshold: 5 });
 * Array.from({ length: 20 }, () => detector.update(1.5)).indexOf('change'); // 5
 */
export function createCusum(options: CusumOptions = {}, saved?: unknown): ChangeDetector {
  const { learn = 100, mean = null, deviation = null, slack = 0.5, threshold = 8 } = options;
  const name = 'cusum';
  const settings = { learn, mean, deviation, slack, threshold };
  const known = mean !== null && deviation !== null;
  const fresh = () => ({
    ...{ seen: 0, mean: known ? mean : 0, squares: 0, deviation: known ? deviation : 0 },
    ...{ above: 0, below: 0, done: 0 },
  });
  let state = restoreState(name, settings, fresh(), saved);

  return {
    update(value) {
      checkValue(name, value);
      if (state.done === 1) state = fresh();
      if (!known && state.seen < learn) {
        state.seen++;
        const before = value - state.mean;
        state.mean += before / state.seen;
        state.squares += before * (value - state.mean);
        if (state.seen === learn) state.deviation = Math.sqrt(state.squares / Math.max(1, learn - 1));
        return 'calm';
      }
      // Of values that never varied every other one lies infinitely far.
      const gap = value - state.mean;
      const far = gap === 0 ? 0 : gap / state.deviation;
      state.above = Math.max(0, state.above + far - slack);
      state.below = Math.max(0, state.below - far - slack);
      if (state.above <= threshold && state.below <= threshold) return 'calm';
      state = { ...state, above: 0, below: 0, done: 1 };
      return 'change';
    },
    reset: () => (state = fresh()),
    save: () => saveState(name, settings, state),
  };
}

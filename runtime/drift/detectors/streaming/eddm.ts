import type { ChangeDetector, Verdict } from './change-detector.ts';
import { checkError, restoreState, saveState } from './state.ts';

export interface EddmOptions {
  /** Errors before the first alarm. Default 30. */
  readonly least?: number;
  /** Share of the longest distance between errors below which there is a warning. Default 0.95. */
  readonly warning?: number;
  /** And that below which there is a change. Default 0.9. */
  readonly change?: number;
}

/**
 * Early drift detection method: alarms when the distance between errors has become shorter than it was at its longest. It
 * finds slow changes, and alarms often.
 *
 * @see Baena-García, del Campo-Ávila, Fidalgo, Bifet, Gavaldà and Morales-Bueno (2006); alarms where River's EDDM does
 *
 * @example
 * const detector = createEddm();
 * const errors = Array.from({ length: 1000 }, (_, n) => Number(n % (n < 600 ? 10 : 3) === 9 % (n < 600 ? 10 : 3)));
 * errors.map((error) => detector.update(error)).indexOf('change'); // 837
 */
export function createEddm(options: EddmOptions = {}, saved?: unknown): ChangeDetector {
  const { least = 30, warning = 0.95, change = 0.9 } = options;
  const name = 'eddm';
  const settings = { least, warning, change };
  const fresh = () => ({ count: 0, last: 0, errors: 0, mean: 0, squares: 0, longest: -1, warned: 0, done: 0 });
  let state = restoreState(name, settings, fresh(), saved);

  const verdict = (): Verdict => (state.done === 1 ? 'change' : state.warned === 1 ? 'warning' : 'calm');

  return {
    update(value) {
      checkError(name, value);
      if (state.done === 1) state = fresh();
      state.count++;
      // Without an error nothing is new.
      if (value === 0) return verdict();
      state.errors++;
      const distance = state.count - state.last;
      state.last = state.count;
      const before = distance - state.mean;
      state.mean += before / state.errors;
      state.squares += before * (distance - state.mean);
      if (state.count <= least) return verdict();
      const reach = state.mean + 2 * Math.sqrt(state.squares / state.errors);
      if (reach > state.longest) state.longest = reach;
      else if (state.errors > least) {
        const level = reach / state.longest;
        if (level < change) state.done = 1;
        else state.warned = level < warning ? 1 : 0;
      }
      return verdict();
    },
    reset: () => (state = fresh()),
    save: () => saveState(name, settings, state),
  };
}

import type { ChangeDetector } from './change-detector.ts';
import { checkError, restoreState, saveState } from './state.ts';

export interface DdmOptions {
  /** Values before the first alarm. Default 30. */
  readonly least?: number;
  /** Standard deviations above the lowest error rate that are a warning. Default 2. */
  readonly warning?: number;
  /** And those that are a change. Default 3. */
  readonly change?: number;
}

/**
 * Drift detection method: alarms when the error rate has risen three standard deviations above the lowest that there was.
 *
 * @see Gama, Medas, Castillo and Rodrigues (2004), Learning with drift detection; alarms where River's DDM does
 *
 * @example
 * const detector = createDdm();
 * Array.from({ length: 400 }, (_, n) => detector.update(n < 200 ? Number(n % 10 === 0) : 1)).indexOf('change'); // 209
 */
export function createDdm(options: DdmOptions = {}, saved?: unknown): ChangeDetector {
  const { least = 30, warning = 2, change = 3 } = options;
  const name = 'ddm';
  const settings = { least, warning, change };
  // No rate has been the lowest yet: any is below these.
  const fresh = () => ({ count: 0, rate: 0, lowestRate: 2, lowestDeviation: 2, done: 0 });
  let state = restoreState(name, settings, fresh(), saved);

  return {
    update(value) {
      checkError(name, value);
      if (state.done === 1) state = fresh();
      state.count++;
      state.rate += (value - state.rate) / state.count;
      if (state.count <= least) return 'calm';
      const deviation = Math.sqrt((state.rate * (1 - state.rate)) / state.count);
      const level = state.rate + deviation;
      let { lowestRate, lowestDeviation } = state;
      if (level <= lowestRate + lowestDeviation) {
        lowestRate = state.lowestRate = state.rate;
        lowestDeviation = state.lowestDeviation = deviation;
      }
      if (level > lowestRate + change * lowestDeviation) {
        state.done = 1;
        return 'change';
      }
      return level > lowestRate + warning * lowestDeviation ? 'warning' : 'calm';
    },
    reset: () => (state = fresh()),
    save: () => saveState(name, settings, state),
  };
}

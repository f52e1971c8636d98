import type { ChangeDetector, Verdict } from './change-detector.ts';
import { checkShare, restoreState, saveState } from './state.ts';

export interface HddmOptions {
  /** How likely a false change is where there is none, at one look. Default 0.001. */
  readonly change?: number;
  /** And a false warning. Default 0.005. */
  readonly warning?: number;
  /**
   * What a falling mean does: nothing; or the detector begins anew without a word, so that it goes on from the better
   * level, as the published two-sided test does; or it alarms too. Default `ignored`.
   */
  readonly falling?: 'ignored' | 'followed' | 'alarm';
}

/**
 * Drift detection by Hoeffding's bound on means: alarms when the mean of all values lies further above the lowest cut of
 * the stream than chance can bring it, whatever the distribution.
 *
 * @param options values are errors, or anything from 0 to 1
 * @see Frías-Blanco, del Campo-Ávila, Ramos-Jiménez, Morales-Bueno, Ortiz-Díaz and Caballero-Mota (2014), IEEE
 *   Transactions on Knowledge and Data Engineering 27(3); alarms where River's HDDM_A does
 *
 * @example
 * const detector = createHddmA();
 * Array.from({ length: 400 }, (_, n) => detector.update(n < 200 ? 0 : 1)).indexOf('change'); // 203
 */
export function createHddmA(options: HddmOptions = {}, saved?: unknown): ChangeDetector {
  const { change = 0.001, warning = 0.005, falling = 'ignored' } = options;
  const name = 'hddm-a';
  const settings = { change, warning, falling };
  const fresh = () => ({ ...{ count: 0, mean: 0, lowCount: 0, lowMean: 0, highCount: 0, highMean: 0 }, done: 0 });
  let state = restoreState(name, settings, fresh(), saved);

  const bound = (count: number) => Math.sqrt(Math.log(1 / change) / (2 * count));
  /** Whether the mean of all lies `gap` from that of the first `cut` values by chance no more. */
  const isBeyond = (gap: number, cut: number, confidence: number) =>
    cut < state.count && gap >= Math.sqrt(((state.count - cut) / cut / state.count / 2) * Math.log(2 / confidence));

  const fallen = (): Verdict => {
    state.done = 1;
    return falling === 'alarm' ? 'change' : 'calm';
  };
  const judge = (): Verdict => {
    const { mean, lowMean, lowCount, highMean, highCount } = state;
    if (isBeyond(mean - lowMean, lowCount, change)) return 'change';
    if (falling !== 'ignored' && isBeyond(highMean - mean, highCount, change)) return fallen();
    const warned = isBeyond(mean - lowMean, lowCount, warning);
    return warned || (falling === 'alarm' && isBeyond(highMean - mean, highCount, warning)) ? 'warning' : 'calm';
  };

  return {
    update(value) {
      checkShare(name, value);
      if (state.done === 1) state = fresh();
      state.count++;
      state.mean += (value - state.mean) / state.count;
      const { count, mean } = state;
      const reach = bound(count);
      if (state.lowCount === 0 || state.lowMean + bound(state.lowCount) >= mean + reach) {
        state.lowCount = count;
        state.lowMean = mean;
      }
      if (state.highCount === 0 || state.highMean - bound(state.highCount) <= mean - reach) {
        state.highCount = count;
        state.highMean = mean;
      }
      const verdict = judge();
      if (verdict === 'change') state.done = 1;
      return verdict;
    },
    reset: () => (state = fresh()),
    save: () => saveState(name, settings, state),
  };
}

import type { ChangeDetector, Verdict } from './change-detector.ts';
import type { HddmOptions } from './hddm-a.ts';
import { checkShare, restoreState, saveState } from './state.ts';

export interface HddmWOptions extends HddmOptions {
  /** Weight of the newest value in the moving mean. Default 0.05. */
  readonly weight?: number;
}

/**
 * Drift detection by McDiarmid's bound on exponentially weighted means: like HDDM-A, but recent values count more, so that
 * sudden changes are found sooner.
 *
 * @param options values are errors, or anything from 0 to 1
 * @see Frías-Blanco, del Campo-Ávila, Ramos-Jiménez, Morales-Bueno, Ortiz-Díaz and Caballero-Mota (2014), IEEE
 *   Transactions on Knowledge and Data Engineering 27(3); alarms where River's HDDM_W does
 *
 * @example
 * const detector = createHddmW();
 * Array.from({ length: 400 }, (_, n) => detector.update(n < 200 ? 0 : 1)).indexOf('change'); // 213
 */
export function createHddmW(options: HddmWOptions = {}, saved?: unknown): ChangeDetector {
  const { change = 0.001, warning = 0.005, falling = 'ignored', weight = 0.05 } = options;
  const name = 'hddm-w';
  const settings = { change, warning, falling, weight };
  // A weighted mean, and the sum of the squared weights that its bound is made of; 1 of no value.
  const fresh = () => ({
    ...{ count: 0, mean: 0, weights: 1, done: 0 },
    // Up to the lowest upper bound and since then; up to the highest lower bound and since then.
    ...{ low: [0, 1], sinceLow: [0, 1, 0], high: [0, 1], sinceHigh: [0, 1, 0] },
  });
  let state = restoreState(name, settings, fresh(), saved);

  const nextWeights = (weights: number) => weight * weight + (1 - weight) ** 2 * weights;
  const nextMean = (mean: number, value: number, count: number) =>
    count === 0 ? value : weight * value + (1 - weight) * mean;
  // Half of the logarithm: what a bound is made of.
  const [changeLog, warningLog] = [Math.log(1 / change) / 2, Math.log(1 / warning) / 2];
  const bound = (weights: number, half: number) => Math.sqrt(weights * half);

  /** Takes the value into what came since the cut. */
  const follow = (since: number[], value: number) => {
    const [mean = 0, weights = 1, count = 0] = since;
    since[0] = nextMean(mean, value, count);
    since[1] = nextWeights(weights);
    since[2] = count + 1;
  };
  const clear = (since: number[]) => {
    since[0] = 0;
    since[1] = 1;
    since[2] = 0;
  };
  const isApart = (before: number[], since: number[], sign: number, half: number) => {
    const [was = 0, wasWeights = 1] = before;
    const [is = 0, isWeights = 1, count = 0] = since;
    return count > 0 && sign * (is - was) > bound(wasWeights + isWeights, half);
  };
  const fallen = (): Verdict => {
    state.done = 1;
    return falling === 'alarm' ? 'change' : 'calm';
  };
  const judge = (): Verdict => {
    const rises = (half: number) => isApart(state.low, state.sinceLow, 1, half);
    const falls = (half: number) => isApart(state.high, state.sinceHigh, -1, half);
    if (rises(changeLog)) return 'change';
    if (falling !== 'ignored' && falls(changeLog)) return fallen();
    return rises(warningLog) || (falling === 'alarm' && falls(warningLog)) ? 'warning' : 'calm';
  };

  return {
    update(value) {
      checkShare(name, value);
      if (state.done === 1) state = fresh();
      state.mean = nextMean(state.mean, value, state.count);
      state.weights = nextWeights(state.weights);
      state.count++;
      const { mean, weights, low, high } = state;
      const reach = bound(weights, changeLog);
      if (state.count === 1 || mean + reach < (low[0] as number) + bound(low[1] as number, changeLog)) {
        low[0] = mean;
        low[1] = weights;
        clear(state.sinceLow);
      } else follow(state.sinceLow, value);
      if (state.count === 1 || mean - reach > (high[0] as number) - bound(high[1] as number, changeLog)) {
        high[0] = mean;
        high[1] = weights;
        clear(state.sinceHigh);
      } else follow(state.sinceHigh, value);
      const verdict = judge();
      if (verdict === 'change') state.done = 1;
      return verdict;
    },
    reset: () => (state = fresh()),
    save: () => saveState(name, settings, state),
  };
}

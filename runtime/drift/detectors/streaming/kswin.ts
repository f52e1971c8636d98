import { seededRandom } from '../../../numerics/index.ts';
import { kolmogorovSmirnovTest } from '../two-sample/kolmogorov-smirnov-test.ts';
import type { ChangeDetector } from './change-detector.ts';
import { checkValue, restoreState, saveState } from './state.ts';

export interface KswinOptions {
  /** p-value below which the newest values are taken for others. Default 0.005. */
  readonly alpha?: number;
  /** Values that are kept. Default 100. */
  readonly window?: number;
  /** How many of them are the newest, compared with as many drawn from the rest. Default 30. */
  readonly newest?: number;
  /** Of the draws. Default 1. */
  readonly seed?: number;
}

/** A smaller gap is none, however sure it is. */
const LEAST_GAP = 0.1;

/**
 * Kolmogorov–Smirnov windowing: compares the newest values with as many drawn by chance from those before them. It looks
 * with each value, so that at its standard level it alarms often on data without a change: choose a small alpha.
 *
 * @see Raab, Heusinger and Schleif (2020), Neurocomputing 416
 *
 * @example
 * const detector = createKswin({ alpha: 0.0001 });
 * const changes = Array.from({ length: 300 }, (_, n) => detector.update(n < 200 ? n % 7 : 5 + (n % 7)));
 * changes.filter((verdict) => verdict === 'change').length; // 1
 */
export function createKswin(options: KswinOptions = {}, saved?: unknown): ChangeDetector {
  const { alpha = 0.005, window = 100, newest = 30, seed = 1 } = options;
  if (newest < 1 || window < 2 * newest) throw new RangeError(`a window of ${window} has no ${newest} values to draw`);
  const name = 'kswin';
  const settings = { alpha, window, newest, seed };
  const fresh = () => ({ looks: 0, values: [] as number[], done: 0 });
  let state = restoreState(name, settings, fresh(), saved);
  const places = new Int32Array(window - newest);
  const drawn = new Float64Array(newest);

  const draw = () => {
    // The numbers of a look depend on nothing but the seed and how many there were before it.
    const random = seededRandom(seed + Math.imul(state.looks++, 0x9e3779b1));
    for (let n = 0; n < places.length; n++) places[n] = n;
    for (let n = 0; n < newest; n++) {
      const other = n + Math.floor(random() * (places.length - n));
      const place = places[other] as number;
      places[other] = places[n] as number;
      places[n] = place;
      drawn[n] = state.values[place] as number;
    }
    return drawn.sort();
  };

  return {
    update(value) {
      checkValue(name, value);
      if (state.done === 1) state = fresh();
      state.values.push(value);
      if (state.values.length > window) state.values.shift();
      if (state.values.length < window) return 'calm';
      const recent = Float64Array.from(state.values.slice(-newest)).sort();
      const { statistic, pValue } = kolmogorovSmirnovTest(draw(), recent);
      if (pValue > alpha || statistic <= LEAST_GAP) return 'calm';
      state.done = 1;
      return 'change';
    },
    reset: () => (state = fresh()),
    save: () => saveState(name, settings, state),
  };
}

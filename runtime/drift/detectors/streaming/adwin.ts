import type { ChangeDetector } from './change-detector.ts';
import { checkValue, restoreState, saveState } from './state.ts';

export interface AdwinOptions {
  /** How likely a false cut is at one look. Default 0.002. */
  readonly delta?: number;
  /** Values from one look to the next. Default 32. */
  readonly clock?: number;
  /** Buckets of one size that are kept before two are merged. Default 5. */
  readonly buckets?: number;
  /** Values that either side of a cut must have. Default 5. */
  readonly least?: number;
  /** Values before the first look. Default 10. */
  readonly grace?: number;
}

/**
 * Adaptive windowing: keeps a window of values, as long as its parts agree, and drops its old end when a part of it
 * differs in its mean. The window is kept as an exponential histogram: about 5 log2(n/5) buckets for n values.
 *
 * On raw sensor values, which are autocorrelated, it alarms constantly: give it errors, confidence or residuals.
 *
 * @see Bifet and Gavaldà (2007), Learning from time-changing data with adaptive windowing; alarms where River's ADWIN does
 *
 * @example
 * const detector = createAdwin();
 * Array.from({ length: 400 }, (_, n) => detector.update(n < 200 ? 0 : 1)).indexOf('change'); // 223
 */
export function createAdwin(options: AdwinOptions = {}, saved?: unknown): ChangeDetector {
  const { delta = 0.002, clock = 32, buckets = 5, least = 5, grace = 10 } = options;
  const name = 'adwin';
  const settings = { delta, clock, buckets, least, grace };
  // Row r holds the sums, and squared deviations, of buckets of 2^r values, the oldest first.
  const fresh = () => ({ ...{ ticks: 0, width: 0, total: 0, squares: 0, done: 0 }, sums: [[]], spreads: [[]] });
  interface State extends Record<string, number | number[][]> {
    ticks: number;
    width: number;
    total: number;
    squares: number;
    done: number;
    sums: number[][];
    spreads: number[][];
  }
  let state: State = restoreState<State>(name, settings, fresh(), saved);

  const insert = (value: number) => {
    const { width } = state;
    if (width > 0) state.squares += (width * (value - state.total / width) ** 2) / (width + 1);
    state.width++;
    state.total += value;
    let [sum, spread] = [value, 0];
    for (let row = 0; ; row++) {
      const sums = (state.sums[row] ??= []);
      const spreads = (state.spreads[row] ??= []);
      sums.push(sum);
      spreads.push(spread);
      if (sums.length <= buckets) return;
      const size = 2 ** row;
      const [first, second] = [sums.shift() ?? 0, sums.shift() ?? 0];
      const [one, other] = [spreads.shift() ?? 0, spreads.shift() ?? 0];
      sum = first + second;
      spread = one + other + (size * (first / size - second / size) ** 2) / 2;
    }
  };

  const dropOldest = () => {
    const row = state.sums.length - 1;
    const size = 2 ** row;
    const sum = state.sums[row]?.shift() ?? 0;
    const spread = state.spreads[row]?.shift() ?? 0;
    state.width -= size;
    state.total -= sum;
    const gap = sum / size - state.total / state.width;
    state.squares -= spread + (size * state.width * gap * gap) / (size + state.width);
    while (state.sums.length > 1 && state.sums.at(-1)?.length === 0) {
      state.sums.pop();
      state.spreads.pop();
    }
  };

  /** Whether a cut between two buckets parts what differs. */
  const isCut = (): boolean => {
    const { width, total, squares, sums } = state;
    const strictness = Math.log((2 * Math.log(width)) / delta);
    let [count, sum] = [0, 0];
    for (let row = sums.length - 1; row >= 0; row--) {
      const size = 2 ** row;
      const held = sums[row] ?? [];
      for (let k = 0; k < held.length; k++) {
        count += size;
        sum += held[k] ?? 0;
        const rest = width - count;
        if (count < least || rest < least) continue;
        const recip = 1 / (count - least + 1) + 1 / (rest - least + 1);
        const bound = Math.sqrt(2 * recip * (squares / width) * strictness) + (2 / 3) * strictness * recip;
        if (Math.abs(sum / count - (total - sum) / rest) > bound) return true;
      }
    }
    return false;
  };

  return {
    update(value) {
      checkValue(name, value);
      if (state.done === 1) state = fresh();
      insert(value);
      state.ticks++;
      if (state.ticks % clock !== 0 || state.width <= grace) return 'calm';
      let changed = false;
      while (isCut()) {
        changed = true;
        dropOldest();
      }
      if (!changed) return 'calm';
      state.done = 1;
      return 'change';
    },
    reset: () => (state = fresh()),
    save: () => saveState(name, settings, state),
  };
}

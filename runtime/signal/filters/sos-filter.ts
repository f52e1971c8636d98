import type { Section } from './section.ts';

/** A filter of one channel, with its state. */
export interface SosFilter {
  /** What it holds. */
  readonly bytes: number;
  /** Filters one sample. */
  step(sample: number): number;
  /**
   * Filters samples `from` up to `to` of `input` into the same places of `output`, which may be `input` itself. Samples that
   * are not finite would spoil the state for ever: whoever calls keeps them out.
   */
  run(input: ArrayLike<number>, output: Float64Array, from?: number, to?: number): void;
  /**
   * Forgets what came before.
   *
   * @param level as if the signal had stood at it for ever: a signal that stays there passes without a transient. Default 0.
   */
  reset(level?: number): void;
}

/**
 * Runs second-order sections over a stream, in transposed direct form II.
 *
 * @see agrees with scipy.signal.sosfilt, and scipy.signal.sosfilt_zi for the level
 */
export function createSosFilter(sections: readonly Section[]): SosFilter {
  const count = sections.length;
  const coefficients = new Float64Array(5 * count);
  sections.forEach(({ b0, b1, b2, a1, a2 }, index) => coefficients.set([b0, b1, b2, a1, a2], 5 * index));
  const state = new Float64Array(2 * count);

  const step = (sample: number): number => {
    let value = sample;
    for (let section = 0, c = 0, s = 0; section < count; section++, c += 5, s += 2) {
      const out = (coefficients[c] as number) * value + (state[s] as number);
      state[s] =
        (coefficients[c + 1] as number) * value - (coefficients[c + 3] as number) * out + (state[s + 1] as number);
      state[s + 1] = (coefficients[c + 2] as number) * value - (coefficients[c + 4] as number) * out;
      value = out;
    }
    return value;
  };

  const pass = (section: number, input: ArrayLike<number>, output: Float64Array, from: number, to: number): void => {
    const b0 = coefficients[5 * section] as number;
    const b1 = coefficients[5 * section + 1] as number;
    const b2 = coefficients[5 * section + 2] as number;
    const a1 = coefficients[5 * section + 3] as number;
    const a2 = coefficients[5 * section + 4] as number;
    let first = state[2 * section] as number;
    let second = state[2 * section + 1] as number;
    for (let n = from; n < to; n++) {
      const value = input[n] as number;
      const out = b0 * value + first;
      first = b1 * value - a1 * out + second;
      second = b2 * value - a2 * out;
      output[n] = out;
    }
    state[2 * section] = first;
    state[2 * section + 1] = second;
  };

  return {
    bytes: coefficients.byteLength + state.byteLength,
    step,
    run(input, output, from = 0, to = input.length) {
      if (count === 0) for (let n = from; n < to; n++) output[n] = input[n] as number;
      // Section after section, each over all samples: the same sums as sample after sample, with a section's state at hand.
      for (let section = 0; section < count; section++) pass(section, section === 0 ? input : output, output, from, to);
    },
    reset(level = 0) {
      let held = level;
      sections.forEach(({ b0, b1, b2, a1, a2 }, index) => {
        const out = (held * (b0 + b1 + b2)) / (1 + a1 + a2);
        const second = b2 * held - a2 * out;
        state[2 * index] = b1 * held - a1 * out + second;
        state[2 * index + 1] = second;
        held = out;
      });
    },
  };
}

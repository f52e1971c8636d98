import type { Explained } from '../compiled-model.ts';
import type { Step } from '../graph/step.ts';

/**
 * The weight of each feature times its value; the base is what is left at 0. The weights of several affine steps in a row are
 * had by running unit rows through them.
 *
 * @param steps affine each
 * @param sign  -1: of the opposite score
 */
export function explainLinear(steps: readonly Step[], row: Float32Array, column: number, sign: number): Explained {
  const through = (values: Float64Array) => steps.reduce((x, step) => step.row?.(x) ?? x, values)[column] ?? NaN;
  const base = through(new Float64Array(row.length));
  const contributions = Float64Array.from(row, (value, feature) => {
    const unit = new Float64Array(row.length);
    unit[feature] = 1;
    return sign * value * (through(unit) - base);
  });
  return { base: sign * base, contributions, method: 'exact' };
}

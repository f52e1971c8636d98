import { columnsAt, type TrainingSet, weightAt } from './weighted.ts';

/** Mean and scale of each column, in float32 as the model keeps them; the scale of a column that never changes is 1. */
export interface Standardisation {
  readonly means: Float32Array;
  readonly scales: Float32Array;
}

/** A spread below this share of the mean is rounding. */
const ROUNDING = 1e-12;
/** Below it float32 has no room left to divide by. */
const SMALLEST = 1e-30;

/**
 * Of a window one mean and one scale a channel, over all samples.
 *
 * @see sklearn.preprocessing.StandardScaler, with the rows' weights
 */
export function standardisation(set: TrainingSet): Standardisation {
  const { rows, width, values } = set;
  const columns = columnsAt(set);
  const means = new Float64Array(columns);
  const squares = new Float64Array(columns);
  let total = 0;
  for (let row = 0; row < rows; row++) total += weightAt(set, row);
  const share = 1 / ((total * width) / columns);
  for (let row = 0; row < rows; row++) {
    const weight = weightAt(set, row) * share;
    const from = row * width;
    for (let at = 0; at < width; at++) {
      const column = at % columns;
      means[column] = (means[column] as number) + weight * (values[from + at] as number);
    }
  }
  for (let row = 0; row < rows; row++) {
    const weight = weightAt(set, row) * share;
    const from = row * width;
    for (let at = 0; at < width; at++) {
      const column = at % columns;
      const off = (values[from + at] as number) - (means[column] as number);
      squares[column] = (squares[column] as number) + weight * off * off;
    }
  }
  const scales = Float32Array.from(squares, (square, column) => {
    const spread = Math.sqrt(square);
    return spread > Math.max(SMALLEST, ROUNDING * Math.abs(means[column] as number)) ? spread : 1;
  });
  return { means: Float32Array.from(means), scales };
}

/**
 * (x − mean) / scale, rounded to float32 after each step as ONNX Runtime does: bit for bit what the model will see.
 *
 * @param values rows × width; of windows, width is a multiple of the columns
 */
export function standardise(values: Float32Array, { means, scales }: Standardisation): Float32Array {
  const standardised = new Float32Array(values.length);
  standardiseInto(standardised, values, 0, values.length, { means, scales });
  return standardised;
}

/** The same of a part, into a buffer that is there. */
export function standardiseInto(
  to: Float32Array | Float64Array,
  values: Float32Array,
  from: number,
  length: number,
  { means, scales }: Standardisation,
): void {
  const columns = means.length;
  for (let at = 0, column = 0; at < length; at++) {
    const centred = Math.fround((values[from + at] as number) - (means[column] as number));
    to[at] = Math.fround(centred / (scales[column] as number));
    if (++column === columns) column = 0;
  }
}

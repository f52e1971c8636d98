import { mean, standardDeviation } from '../numerics/index.ts';

/** Mean and scale of each feature; the scale of a feature that never changes is 1. */
export interface Standardisation {
  readonly means: Float64Array;
  readonly scales: Float64Array;
}

/** @see sklearn.preprocessing.StandardScaler */
export function standardisation(rows: readonly Float64Array[], features: number): Standardisation {
  const means = new Float64Array(features);
  const scales = new Float64Array(features);
  const column = new Float64Array(rows.length);
  for (let feature = 0; feature < features; feature++) {
    for (let row = 0; row < rows.length; row++) column[row] = rows[row]?.[feature] ?? NaN;
    means[feature] = mean(column);
    const spread = standardDeviation(column);
    scales[feature] = spread > 1e-12 * Math.abs(means[feature] as number) ? spread : 1;
  }
  return { means, scales };
}

export const standardise = (row: Float64Array, { means, scales }: Standardisation): Float64Array =>
  row.map((value, feature) => (value - (means[feature] as number)) / (scales[feature] as number));

/** Where each column of a reference lies and how far it spreads. */
export interface Scale {
  readonly means: Float64Array;
  /** 0 of a column that does not vary: its values say nothing. */
  readonly deviations: Float64Array;
}

/** @param rows a value a column; NaN where one is missing */
export function scaleOf(rows: readonly ArrayLike<number>[], width: number): Scale {
  const [means, deviations] = [new Float64Array(width), new Float64Array(width)];
  for (let column = 0; column < width; column++) {
    let [count, mean, squares] = [0, 0, 0];
    for (const row of rows) {
      const value = row[column] as number;
      if (!Number.isFinite(value)) continue;
      const before = value - mean;
      mean += before / ++count;
      squares += before * (value - mean);
    }
    const deviation = count > 0 ? Math.sqrt(squares / count) : 0;
    means[column] = mean;
    // No more than rounding makes.
    deviations[column] = deviation > 1e-12 * Math.abs(mean) ? deviation : 0;
  }
  return { means, deviations };
}

/**
 * A row in standard deviations from the reference's means. What is missing, infinite or of a column that never varied lies
 * at the mean.
 *
 * @returns how many values there were
 */
export function standardise(row: ArrayLike<number>, { means, deviations }: Scale, into: Float64Array): number {
  let found = 0;
  for (let column = 0; column < into.length; column++) {
    const deviation = deviations[column] as number;
    const value = ((row[column] as number) - (means[column] as number)) / deviation;
    const usable = deviation > 0 && Number.isFinite(value);
    into[column] = usable ? value : 0;
    if (usable) found++;
  }
  return found;
}

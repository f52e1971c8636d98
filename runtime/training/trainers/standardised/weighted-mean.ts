import { type TrainingSet, weightAt, weightOf } from './weighted.ts';

/** Of each column, in double: what float32 means leave over is taken off too. */
export function weightedMean(set: TrainingSet): Float64Array {
  const { rows, width, values } = set;
  const total = weightOf(set);
  const means = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    const weight = weightAt(set, row) / total;
    for (let column = 0; column < width; column++) {
      means[column] = (means[column] as number) + weight * (values[row * width + column] as number);
    }
  }
  return means;
}

import type { ClassificationQuality } from '../../messages/index.ts';
import type { AnsweredClasses } from './answered.ts';
import { likeliest } from './likeliest.ts';

const BINS = 10;

/**
 * How often the model is right where it is so and so sure: of a model whose confidence can be believed, both are equal.
 *
 * @see Naeini, Cooper, Hauskrecht (2015): expected calibration error, ten bins of equal width
 */
export function calibrationOf(answered: AnsweredClasses): ClassificationQuality['calibration'] {
  const { rows, scores, actual, classes } = answered;
  const sums = Array.from({ length: BINS }, () => ({ confidence: 0, right: 0, rows: 0 }));
  for (let row = 0; row < rows; row++) {
    const guess = likeliest(answered, row);
    const confidence = scores[row * classes.length + guess] as number;
    const bin = sums[Math.min(BINS - 1, Math.floor(confidence * BINS))];
    if (!bin) continue;
    bin.confidence += confidence;
    bin.right += guess === actual[row] ? 1 : 0;
    bin.rows++;
  }
  const bins = sums
    .filter((bin) => bin.rows > 0)
    .map((bin) => ({ confidence: bin.confidence / bin.rows, accuracy: bin.right / bin.rows, rows: bin.rows }));
  const error = bins.reduce((total, bin) => total + (bin.rows / rows) * Math.abs(bin.accuracy - bin.confidence), 0);
  return { bins, error };
}

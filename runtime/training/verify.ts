import type { Inference } from '../inference/index.ts';
import type { Classification } from '../messages/index.ts';
import type { ModelPackage } from '../models/package/index.ts';
import { errors } from './errors.ts';
import type { Trained } from './trainer.ts';

/**
 * Holds a written classifier against ONNX Runtime: its test vectors, and every row given.
 *
 * @returns the largest difference between two scores
 * @throws MODEL_DISAGREES, VECTORS_DISAGREE, or what `inference.open` throws
 */
export async function verifyTrained(
  inference: Inference,
  pkg: ModelPackage,
  trained: Trained,
  rows: readonly Float64Array[],
  tolerance = 1e-4,
): Promise<number> {
  const predictor = await inference.open(pkg);
  let largest = 0;
  try {
    const expected = trained.scores(rows);
    for (const [row, values] of rows.entries()) {
      const { payload } = await predictor.predict(Array.from(values));
      const { scores } = payload as Classification;
      for (const [index, [label, got]] of Object.entries(scores).entries()) {
        const wanted = expected[row]?.[index] ?? NaN;
        const difference = Math.abs(got - wanted);
        if (!(difference <= tolerance)) throw errors.MODEL_DISAGREES({ row, label, expected: wanted, got });
        largest = Math.max(largest, difference);
      }
    }
  } finally {
    await predictor.close();
  }
  return largest;
}

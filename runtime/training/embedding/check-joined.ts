import type { LoadedExamples } from '../../datasets/index.ts';
import type { Inference } from '../../inference/index.ts';
import type { PredictionPayload, Regression } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { errors } from '../errors.ts';
import { naturalInputs } from './natural-inputs.ts';
import { openPinned } from './open-pinned.ts';

const BATCH = 256;
/** The embedding's own arithmetic differs by how many rows it is asked at once; what stands behind it may sharpen that. */
const TOLERANCE = 1e-3;
/** Share of rows that may fall on the other side of a tree's threshold for it. */
const SPARED = 0.01;

/**
 * Holds an embedding with its head, as a flow asks it, against what the head answers to what the embedding alone had answered.
 *
 * @param expected rows × outputs, row-major
 * @returns the largest difference of the rows that agree
 * @throws MODEL_DISAGREES
 */
export async function checkJoined(
  inference: Inference,
  pkg: ModelPackage,
  examples: LoadedExamples,
  rows: readonly number[],
  expected: Float64Array,
): Promise<number> {
  const predictor = await openPinned(inference, pkg);
  const inputOf = naturalInputs(pkg, examples);
  const outputs = expected.length / rows.length;
  let largest = 0;
  let wrong = 0;
  try {
    for (let from = 0; from < rows.length; from += BATCH) {
      const asked = rows.slice(from, from + BATCH);
      const { payload } = await predictor.predict(asked.map(inputOf));
      (payload as readonly PredictionPayload[]).forEach((answer, at) => {
        const got = numbersOf(answer);
        const [worst, label] = furthest(got, expected.subarray((from + at) * outputs, (from + at + 1) * outputs));
        if (worst <= TOLERANCE) largest = Math.max(largest, worst);
        else if (++wrong > SPARED * rows.length) {
          const wanted = expected[(from + at) * outputs + label] as number;
          const name = pkg.manifest.labels?.[label] ?? 'value';
          throw errors.MODEL_DISAGREES({ row: from + at, label: name, expected: wanted, got: got[label] as number });
        }
      });
    }
  } finally {
    await predictor.close();
  }
  return largest;
}

function numbersOf(answer: PredictionPayload): number[] {
  if ('scores' in answer) return Object.values(answer.scores);
  return ['score' in answer ? answer.score : (answer as Regression).value];
}

/** The largest difference, relative where numbers are large, and where it is. */
function furthest(got: readonly number[], wanted: Float64Array): readonly [number, number] {
  let worst = 0;
  let place = 0;
  wanted.forEach((value, at) => {
    const apart = Math.abs((got[at] as number) - value) / Math.max(1, Math.abs(value));
    if (!(apart <= worst)) [worst, place] = [apart, at];
  });
  return [worst, place];
}

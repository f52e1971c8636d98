import type { Inference, ModelPackage } from '../inference/index.ts';
import type { PredictionPayload } from '../messages/index.ts';

/** Rows that a model is asked at once. */
const AT_ONCE = 100;

/**
 * What a model answers to rows of its own reference, for the drift of its answers. Rows with a missing value are left out: most
 * models refuse them.
 */
export const answersOf =
  (inference: Inference) =>
  async (pkg: ModelPackage, rows: readonly Float64Array[]): Promise<readonly PredictionPayload[]> => {
    const names = pkg.reference?.names ?? [];
    const whole = rows.filter((row) => row.every((value) => Number.isFinite(value)));
    const predictor = await inference.open(pkg, { uncounted: true });
    try {
      const isNamed = predictor.featureNames.length > 0;
      const asked = whole.map((row) =>
        isNamed ? Object.fromEntries(names.map((name, column) => [name, row[column]])) : [...row],
      );
      const answers: PredictionPayload[] = [];
      for (let from = 0; from < asked.length; from += AT_ONCE) {
        const { payload } = await predictor.predict(asked.slice(from, from + AT_ONCE));
        answers.push(...(Array.isArray(payload) ? (payload as PredictionPayload[]) : [payload as PredictionPayload]));
      }
      return answers;
    } finally {
      await predictor.close();
    }
  };

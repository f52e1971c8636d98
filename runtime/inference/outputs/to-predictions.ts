import type { PredictionPayload } from '../../messages/index.ts';
import type { Manifest } from '../../models/package/index.ts';
import type { Tensors } from '../tiers/tier.ts';
import { anomalies } from './anomaly.ts';
import { classifications } from './classification.ts';
import { multiOutputs } from './multi-output.ts';
import { regressions } from './regression.ts';
import type { ToPredictions } from './types.ts';

const TASKS: Record<Manifest['task'], (manifest: Manifest) => ToPredictions> = {
  classification: classifications,
  regression: regressions,
  anomaly: anomalies,
  'multi-output': multiOutputs,
};

const prepared = new WeakMap<Manifest, ToPredictions>();

/**
 * What the model answered, as one prediction of its task a row.
 *
 * @param rows how many were asked: the first dimension of every output, where it is more than one
 * @throws MODEL_OUTPUT_UNSUITABLE if the outputs do not fit the task, MODEL_RUN_FAILED if they are not finite
 */
export function toPredictions(manifest: Manifest, answers: Tensors, rows: number): PredictionPayload[] {
  let answer = prepared.get(manifest);
  if (!answer) prepared.set(manifest, (answer = TASKS[manifest.task](manifest)));
  return answer(answers, rows);
}

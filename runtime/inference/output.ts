import type { Anomaly, Classification, MultiOutput, PredictionPayload, Regression } from '../messages/index.ts';
import type { Manifest, ModelOutput } from '../models/package/index.ts';
import { errors } from './errors.ts';
import { plainValues } from './tensor.ts';
import type { Tensors } from './tiers/tier.ts';

/**
 * What the model answered, as the prediction of its task.
 *
 * @throws MODEL_OUTPUT_UNSUITABLE if the outputs do not fit the task, MODEL_RUN_FAILED if they are not finite
 */
export function toPrediction(manifest: Manifest, answers: Tensors): PredictionPayload {
  switch (manifest.task) {
    case 'classification':
      return classification(manifest, answers);
    case 'regression':
      return regression(manifest, answers);
    case 'anomaly':
      return anomaly(manifest, answers);
    case 'multi-output':
      return multiOutput(manifest, answers);
  }
}

function classification(manifest: Manifest, answers: Tensors): Classification {
  const { labels } = manifest;
  const scores = scorePerLabel(numbers(manifest, answers, 'scores'));
  if (!labels || scores.length !== labels.length) throw unsuitable(manifest);
  const best = scores.indexOf(Math.max(...scores));
  const label = ownLabel(manifest, answers) ?? labels[best];
  const confidence = scores[labels.indexOf(label ?? '')];
  if (label === undefined || confidence === undefined) throw unsuitable(manifest);
  return { label, confidence, scores: Object.fromEntries(labels.map((name, i) => [name, scores[i] ?? 0])) };
}

// Many binary classifiers answer only how likely the second label is.
const scorePerLabel = (scores: readonly number[]) => (scores.length === 1 ? [1 - (scores[0] ?? 0), ...scores] : scores);

/** The label that the model itself names, as a text or as an index into `labels`. */
function ownLabel(manifest: Manifest, answers: Tensors): string | undefined {
  const value = values(manifest, answers, 'label')?.[0];
  return typeof value === 'number' ? manifest.labels?.[value] : value;
}

function regression(manifest: Manifest, answers: Tensors): Regression {
  const [value] = numbers(manifest, answers, 'value');
  if (value === undefined) throw unsuitable(manifest);
  return { value };
}

/** The model's own label says what is anomalous: -1, as scikit-learn's detectors have it. */
function anomaly(manifest: Manifest, answers: Tensors): Anomaly {
  const [score] = numbers(manifest, answers, 'score');
  const [label] = numbers(manifest, answers, 'label');
  if (score === undefined || label === undefined) throw unsuitable(manifest);
  return { score, anomalous: label === -1 };
}

function multiOutput(manifest: Manifest, answers: Tensors): MultiOutput {
  const outputs = manifest.outputs.map(({ name }) => {
    const answer = answers[name];
    if (!answer) throw unsuitable(manifest);
    const all = plainValues(answer);
    return [name, all.length === 1 ? all[0] : all] as const;
  });
  return { outputs: Object.fromEntries(outputs) };
}

function values(manifest: Manifest, answers: Tensors, role: ModelOutput['role']): (number | string)[] | undefined {
  const output = manifest.outputs.find((candidate) => candidate.role === role);
  const answer = output && answers[output.name];
  return answer && plainValues(answer);
}

function numbers(manifest: Manifest, answers: Tensors, role: ModelOutput['role']): number[] {
  const all = values(manifest, answers, role) ?? [];
  return all.map((value) => {
    if (typeof value !== 'number') throw unsuitable(manifest);
    if (!Number.isFinite(value))
      throw errors.MODEL_RUN_FAILED({ model: manifest.name, reason: `it answered ${value}` });
    return value;
  });
}

function unsuitable({ name, task, outputs }: Manifest) {
  const described = outputs.map(
    (output) => `${output.name} (${output.role}, ${output.type} [${output.shape.join(', ')}])`,
  );
  return errors.MODEL_OUTPUT_UNSUITABLE({ model: name, task, outputs: described.join(', ') });
}

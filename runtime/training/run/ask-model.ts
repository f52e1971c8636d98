import type { LoadedExamples } from '../../datasets/index.ts';
import type { Inference } from '../../inference/index.ts';
import type { Anomaly, Classification, PredictionPayload, Regression } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { naturalInputs } from '../embedding/natural-inputs.ts';
import { errors } from '../errors.ts';
import type { Answered } from '../evaluation/answered.ts';
import { numberOf } from '../prepare/choose-task.ts';
import { normalLabel } from '../prepare/normal-label.ts';

/** Rows that a model is asked at once. */
const BATCH = 512;

/** What is true of the rows that are asked. */
export interface Truth {
  readonly rows: Int32Array;
  /** Of a classification: those that the models know, then those that only the examples have. */
  readonly classes: readonly string[];
  readonly anomalous: Uint8Array;
  /** What else was left out, as a sentence that follows others; '' if nothing. */
  readonly words: string;
}

/**
 * Which of the rows say what is true, in the same order for every model.
 *
 * @throws EVALUATION_UNFIT for a task that is not measured, EVALUATION_NOTHING_LEFT
 */
export function commonTruth(examples: LoadedExamples, packages: readonly ModelPackage[], rows: Int32Array): Truth {
  const [first] = packages;
  const task = first?.manifest.task;
  const name = first?.manifest.name ?? '';
  if (task !== 'classification' && task !== 'regression' && task !== 'anomaly') {
    throw errors.EVALUATION_UNFIT({ model: name, problem: `its task is ${task}, which has no single figure` });
  }
  const label = (row: number) => examples.labels[row] ?? null;
  const labelled = rows.filter((row) => {
    if (task === 'anomaly') return true;
    return task === 'regression' ? numberOf(label(row) ?? '') !== undefined : label(row) !== null;
  });
  const finite = labelled.filter((row) => isFinite(examples, row));
  if (finite.length === 0) {
    throw errors.EVALUATION_NOTHING_LEFT({ dataSet: examples.name, examples: examples.rows });
  }
  const own = new Set(packages.flatMap(({ manifest }) => manifest.labels ?? []));
  if (task === 'classification') for (const row of finite) own.add(String(label(row)));
  const { isAnomalous } = normalLabel(examples.labels);
  const [unlabelled, broken] = [rows.length - labelled.length, labelled.length - finite.length];
  return {
    rows: finite,
    classes: [...own],
    anomalous: Uint8Array.from(finite, (row) => (isAnomalous(label(row)) ? 1 : 0)),
    words: [
      ...(unlabelled > 0 ? [` ${unlabelled} without a label were left out.`] : []),
      ...(broken > 0 ? [` ${broken} with values that are no numbers were left out.`] : []),
    ].join(''),
  };
}

/**
 * What a model answers to examples: asked as a flow would ask it, features by name or windows, which its recipe turns into
 * features.
 *
 * @throws what inference says of an example that the model cannot take
 */
export async function askModel(
  inference: Inference,
  pkg: ModelPackage,
  examples: LoadedExamples,
  { rows, classes, anomalous }: Truth,
  step: (done: number) => void,
): Promise<Answered> {
  const { task } = pkg.manifest;
  const predictor = await inference.open(pkg);
  const inputOf = naturalInputs(pkg, examples);
  const scores = new Float64Array(rows.length * (task === 'classification' ? classes.length : 1));
  try {
    for (let from = 0; from < rows.length; from += BATCH) {
      const asked = Array.from(rows.subarray(from, from + BATCH), inputOf);
      const { payload } = await predictor.predict(asked);
      const answers = (Array.isArray(payload) ? payload : [payload]) as readonly PredictionPayload[];
      answers.forEach((answer, at) => write(answer, from + at));
      step(Math.min(1, (from + BATCH) / rows.length));
    }
  } finally {
    await predictor.close();
  }
  function write(answer: PredictionPayload, row: number): void {
    if (task === 'regression') scores[row] = (answer as Regression).value;
    else if (task === 'anomaly') scores[row] = (answer as Anomaly).score;
    else {
      const given = (answer as Classification).scores;
      classes.forEach((name, code) => (scores[row * classes.length + code] = given[name] ?? 0));
    }
  }
  const base = {
    rows: rows.length,
    ids: Int32Array.from(rows, (row) => examples.ids[row] as number),
    groups: Array.from(rows, (row) => examples.groups[row] ?? ''),
  };
  const label = (row: number) => examples.labels[row] ?? '';
  if (task === 'regression') {
    const actual = Float64Array.from(rows, (row) => numberOf(label(row)) ?? NaN);
    return { ...base, task, actual, predicted: scores };
  }
  if (task === 'anomaly') {
    return { ...base, task, scores, threshold: pkg.manifest.threshold ?? Infinity, anomalous };
  }
  const codeOf = new Map(classes.map((name, code) => [name, code]));
  const actual = Int32Array.from(rows, (row) => codeOf.get(String(label(row))) ?? 0);
  return { ...base, task: 'classification', classes, actual, scores };
}

function isFinite({ values, width }: LoadedExamples, row: number): boolean {
  for (let at = row * width; at < (row + 1) * width; at++) if (!Number.isFinite(values[at])) return false;
  return true;
}

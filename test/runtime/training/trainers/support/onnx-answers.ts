import type { Inference, PlainTensor } from '../../../../../runtime/inference/index.ts';
import { type ModelPackage, sealPackage } from '../../../../../runtime/models/package/index.ts';
import type { Fitted } from '../../../../../runtime/training/fit/trainer.ts';
import { outputsOf, type TrainingSet } from '../../../../../runtime/training/fit/training-set.ts';

/** What was learnt, as a package that lies nowhere. */
export function packageOf({ inputs, outputs, threshold, ...fitted }: Fitted, { target }: TrainingSet): ModelPackage {
  return sealPackage({
    manifest: {
      ...{ name: 'learnt', version: '1', task: target.task, vectors: [] },
      ...{ inputs: [...inputs], outputs: [...outputs] },
      ...(target.task === 'classification' && { labels: [...target.classes] }),
      ...(threshold !== undefined && { threshold }),
    },
    onnx: fitted.onnx(),
  }).pkg;
}

export interface OnnxAnswers {
  /** rows × outputs. */
  readonly numbers: Float64Array;
  readonly labels: readonly number[];
}

/** What ONNX Runtime answers. @param values rows × width, asked all at once */
export async function onnxAnswers(
  inference: Inference,
  fitted: Fitted,
  set: TrainingSet,
  values: Float32Array,
): Promise<OnnxAnswers> {
  const [input] = fitted.inputs;
  const rows = values.length / set.width;
  const dims = (input?.shape ?? []).map((size) => (typeof size === 'number' ? size : rows));
  const asked = { [input?.name ?? '']: { type: 'float32', dims, data: values } };
  const [answers = {}] = await inference.answers(packageOf(fitted, set), [asked]);
  const withRole = (...roles: string[]): PlainTensor | undefined =>
    answers[fitted.outputs.find(({ role }) => roles.includes(role))?.name ?? ''];
  return {
    numbers: Float64Array.from((withRole('scores', 'value', 'score')?.data ?? []) as Float32Array),
    labels: Array.from((withRole('label')?.data ?? []) as BigInt64Array, Number),
  };
}

/** How far float32 may part from the training's own arithmetic. */
const TOLERANCE = 1e-5;

/**
 * Where ONNX Runtime's answers are not the training's own: of scores 1e-5, of values and distances that share of their size.
 *
 * @returns one line a difference
 */
export function differences(
  set: TrainingSet,
  fitted: Fitted,
  values: Float32Array,
  { numbers, labels }: OnnxAnswers,
): string[] {
  const rows = values.length / set.width;
  const outputs = outputsOf(set.target);
  const own = fitted.predict(values, rows);
  const found: string[] = [];
  if (own.length !== rows * outputs) found.push(`${own.length} numbers of its own for ${rows} rows`);
  if (numbers.length !== rows * outputs) found.push(`${numbers.length} numbers for ${rows} rows`);
  for (const [at, value] of own.entries()) {
    const size = set.target.task === 'classification' ? 1 : Math.max(1, Math.abs(value), spread(set));
    if (!(Math.abs((numbers[at] ?? NaN) - value) <= TOLERANCE * size)) {
      found.push(`row ${Math.floor(at / outputs)}: ${numbers[at]} for ${value}`);
    }
  }
  if (set.target.task !== 'classification') return found;
  for (let row = 0; row < rows; row++) {
    const scores = own.subarray(row * outputs, (row + 1) * outputs);
    const most = Math.max(...scores);
    const label = labels[row] ?? -1;
    // Of scores that tie, any may be named.
    if (!((scores[label] ?? -1) >= most - 2 * TOLERANCE))
      found.push(`row ${row}: label ${label} of ${scores.join(' ')}`);
  }
  return found;
}

function spread({ target }: TrainingSet): number {
  if (target.task !== 'regression') return 0;
  return Math.max(...target.values.map(Math.abs));
}

import type { Inference } from '../../inference/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { errors } from '../errors.ts';
import type { Fitted } from '../fit/trainer.ts';
import type { TrainingSet } from '../fit/training-set.ts';

/** Numbers that are asked at once. */
const BATCH = 500_000;
/** Rows that are asked at once: nearest neighbours keep a distance from each to every stored row. */
const BATCH_ROWS = 2000;
/** Of probabilities; of values and scores times their size. */
const TOLERANCE = 1e-4;

export interface CheckOptions {
  /** Share of rows that may differ, where another model stands before this one and answers a little otherwise by batches. */
  readonly spared?: number;
  readonly step?: (done: number) => void;
}

/**
 * Holds a model's file against the training's own arithmetic: every row is asked of ONNX Runtime.
 *
 * @param asked what the graph takes; left out: the rows as they were learnt from
 * @returns the largest difference
 * @throws MODEL_DISAGREES naming the first row that differs
 */
export async function checkRows(
  inference: Inference,
  pkg: ModelPackage,
  fitted: Fitted,
  form: TrainingSet,
  { spared = 0, step = () => undefined }: CheckOptions = {},
  asked: { readonly values: Float32Array; readonly width: number } = form,
): Promise<number> {
  const [input] = pkg.manifest.inputs;
  const output = pkg.manifest.outputs.find(({ role }) => role !== 'label');
  if (!input || !output) throw new Error('a model without input or output');
  const batch = Math.max(1, Math.min(BATCH_ROWS, Math.floor(BATCH / Math.max(asked.width, form.width))));
  let largest = 0;
  let wrong = 0;
  for (let from = 0; from < form.rows; from += batch) {
    const rows = Math.min(batch, form.rows - from);
    const expected = fitted.predict(form.values.subarray(from * form.width, (from + rows) * form.width), rows);
    const dims = input.shape.map((size, axis) => (axis === 0 ? rows : typeof size === 'number' ? size : asked.width));
    const data = asked.values.slice(from * asked.width, (from + rows) * asked.width);
    const [answer] = await inference.answers(pkg, [{ [input.name]: { type: input.type, dims, data } }]);
    const got = answer?.[output.name]?.data as ArrayLike<number>;
    const outputs = expected.length / rows;
    for (let at = 0; at < expected.length; at++) {
      const wanted = expected[at] as number;
      const difference = Math.abs((got[at] as number) - wanted);
      if (difference <= TOLERANCE * Math.max(1, Math.abs(wanted))) largest = Math.max(largest, difference);
      else if (++wrong > spared * form.rows) {
        const label = pkg.manifest.labels?.[at % outputs] ?? output.name;
        const row = from + Math.floor(at / outputs);
        throw errors.MODEL_DISAGREES({ row, label, expected: wanted, got: got[at] as number });
      }
    }
    step((from + rows) / form.rows);
  }
  return largest;
}

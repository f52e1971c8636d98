import type { Inference, Tensors } from '../../inference/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { best } from '../automatic/trial-score.ts';
import { errors } from '../errors.ts';
import type { Fitted } from '../fit/trainer.ts';
import type { TrainingSet } from '../fit/training-set.ts';

/** Numbers that are asked at once, and how often of one session. */
const BATCH = 500_000;
const BATCHES = 64;
/** Rows that are asked at once: nearest neighbours keep a distance from each to every stored row. */
const BATCH_ROWS = 2000;
/** Of probabilities; of values and scores times their size. */
const TOLERANCE = 1e-4;
/** Of two labels whose scores lie closer either may be named. */
const TIE = 1e-5;

/**
 * Holds a model's file against the training's own arithmetic: every row is asked of ONNX Runtime.
 *
 * @returns the largest difference
 * @throws MODEL_DISAGREES naming the first row that differs
 */
export async function checkRows(
  inference: Inference,
  pkg: ModelPackage,
  fitted: Fitted,
  form: TrainingSet,
  step: (done: number) => void = () => undefined,
): Promise<number> {
  const batch = Math.max(1, Math.min(BATCH_ROWS, Math.floor(BATCH / form.width)));
  let largest = 0;
  for (let from = 0; from < form.rows; from += batch * BATCHES) {
    const starts = Array.from({ length: BATCHES }, (_, at) => from + at * batch).filter((start) => start < form.rows);
    const answers = await inference.answers(
      pkg,
      starts.map((start) => feeds(pkg, form, start, Math.min(batch, form.rows - start))),
    );
    for (const [at, start] of starts.entries()) {
      const rows = Math.min(batch, form.rows - start);
      largest = Math.max(largest, compare(pkg, fitted, form, { start, rows, answers: answers[at] as Tensors }));
      step((start + rows) / form.rows);
    }
  }
  return largest;
}

function feeds({ manifest }: ModelPackage, { values, width }: TrainingSet, start: number, rows: number): Tensors {
  const [input] = manifest.inputs;
  if (!input) return {};
  const dims = input.shape.map((size, axis) => (axis === 0 ? rows : typeof size === 'number' ? size : width));
  return { [input.name]: { type: input.type, dims, data: values.slice(start * width, (start + rows) * width) } };
}

interface Asked {
  readonly start: number;
  readonly rows: number;
  readonly answers: Tensors;
}

function compare(
  { manifest }: ModelPackage,
  fitted: Fitted,
  { values, width }: TrainingSet,
  { start, rows, answers }: Asked,
): number {
  const expected = fitted.predict(values.subarray(start * width, (start + rows) * width), rows);
  const outputs = expected.length / rows;
  const byRole = (label: boolean) => manifest.outputs.find(({ role }) => (role === 'label') === label)?.name ?? '';
  const got = answers[byRole(false)]?.data as ArrayLike<number>;
  const named = answers[byRole(true)]?.data as ArrayLike<bigint> | undefined;
  const disagree = (row: number, at: number) => {
    const label = manifest.labels?.[at] ?? byRole(false);
    const [wanted, answered] = [expected[row * outputs + at] as number, got[row * outputs + at] as number];
    return errors.MODEL_DISAGREES({ row: start + row, label, expected: wanted, got: answered });
  };
  let largest = 0;
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < outputs; at++) {
      const wanted = expected[row * outputs + at] as number;
      const difference = Math.abs((got[row * outputs + at] as number) - wanted);
      if (!(difference <= TOLERANCE * Math.max(1, Math.abs(wanted)))) throw disagree(row, at);
      largest = Math.max(largest, difference);
    }
    if (!named) continue;
    const [label, likeliest] = [Number(named[row]), best(expected, row, outputs)];
    const apart = (expected[row * outputs + likeliest] as number) - (expected[row * outputs + label] as number);
    if (!(apart <= TIE)) throw disagree(row, label);
  }
  return largest;
}

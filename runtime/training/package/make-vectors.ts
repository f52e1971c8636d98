import type { Tensor, TestVector } from '../../models/package/index.ts';
import type { Fitted } from '../fit/trainer.ts';
import { selectRows, type TrainingSet } from '../fit/training-set.ts';
import { best } from '../automatic/trial-score.ts';
import type { Rows } from '../prepare/prepared.ts';

/** Of each label, at the most. */
const EACH = 2;
const MOST = 20;
/** What float32 arithmetic in another order may change. */
const TOLERANCE = 1e-4;
/** Numbers of all inputs: model.json is read by people too. */
const NUMBERS = 20_000;

/**
 * Test vectors: rows that were tested on, with the answers of the training's own arithmetic. Every machine re-checks them when it
 * loads the model, so that what was trained is what is run.
 *
 * @param rows   to choose from: places in `form`
 * @param chosen those that were chosen, where they are known
 */
export function makeVectors(
  fitted: Fitted,
  form: TrainingSet,
  all: Pick<Rows, 'strata'>,
  rows: Int32Array,
  chosen: readonly number[] = chooseVectorRows(all, rows, form.width),
): TestVector[] {
  const set = selectRows(form, chosen);
  const answers = fitted.predict(set.values, set.rows);
  const outputs = answers.length / set.rows;
  const [input] = fitted.inputs;
  const shape = (input?.shape ?? []).map((size, axis) =>
    axis === 0 ? 1 : typeof size === 'number' ? size : set.width,
  );
  return chosen.map((_, row) => {
    const own = Array.from(answers.subarray(row * outputs, (row + 1) * outputs), Math.fround);
    const given: Record<string, Tensor> = {};
    for (const { name, role, shape: declared } of fitted.outputs) {
      if (role === 'label') given[name] = { shape: [1], data: [best(answers, row, outputs)] };
      else given[name] = { shape: declared.length === 1 ? [1] : [1, outputs], data: own };
    }
    const values = set.values.subarray(row * set.width, (row + 1) * set.width);
    const size = own.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
    return {
      inputs: { [input?.name ?? '']: { shape, data: Array.from(values) } },
      outputs: given,
      // Of a value in large units, as many digits as of a probability.
      tolerance: Number((TOLERANCE * size).toPrecision(3)),
    };
  });
}

/** A few rows of each label: the first and the last of those that were tested on. @param width numbers in a row */
export function chooseVectorRows({ strata }: Pick<Rows, 'strata'>, rows: Int32Array, width: number): readonly number[] {
  const most = Math.max(1, Math.min(MOST, Math.floor(NUMBERS / width)));
  const byStratum = new Map<number, number[]>();
  for (const row of rows) {
    const stratum = strata[row] as number;
    byStratum.set(stratum, [...(byStratum.get(stratum) ?? []), row]);
  }
  const each = byStratum.size === 1 ? MOST / 2 : EACH;
  const chosen = [...byStratum.values()].flatMap((own) =>
    own.length <= each
      ? own
      : Array.from(
          { length: each },
          (_, at) => own[Math.floor((at * (own.length - 1)) / Math.max(1, each - 1))] as number,
        ),
  );
  return chosen.slice(0, most);
}

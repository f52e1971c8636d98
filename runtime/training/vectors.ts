import type { TestVector } from '../models/package/index.ts';
import type { Examples } from './examples.ts';
import type { Trained } from './trainer.ts';

/** So many of each label. */
const EACH = 2;
/** What float32 arithmetic in another order may change. */
const TOLERANCE = 1e-4;

/**
 * Test vectors of a classifier: the first and the last row of each label, with the answers of the training's own
 * arithmetic. Every machine re-checks them when it loads the model, so that what was trained is what is run.
 */
export function makeVectors(trained: Trained, { rows, labels }: Examples, order: readonly string[]): TestVector[] {
  const chosen = order.flatMap((label) => {
    const own = [...rows.keys()].filter((row) => labels[row] === label);
    return own.length <= EACH ? own : [own[0] as number, own[own.length - 1] as number];
  });
  const [input] = trained.inputs;
  const label = trained.outputs.find(({ role }) => role === 'label');
  const score = trained.outputs.find(({ role }) => role === 'scores');
  return chosen.map((row) => {
    // The model sees float32, so the answer is given to float32.
    const values = Float64Array.from(rows[row] as Float64Array, Math.fround);
    const scores = Array.from(trained.scores([values])[0] as Float64Array);
    const best = scores.indexOf(Math.max(...scores));
    return {
      inputs: { [input?.name ?? '']: { shape: [1, values.length], data: Array.from(values) } },
      outputs: {
        ...(label && { [label.name]: { shape: [1], data: [best] } }),
        ...(score && { [score.name]: { shape: [1, scores.length], data: scores } }),
      },
      tolerance: TOLERANCE,
    };
  });
}

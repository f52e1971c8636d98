/**
 * Linear regression with an L2 penalty on standardised features, in closed form. How strong the penalty is, is chosen by
 * generalised cross-validation where nobody says it.
 *
 * @see sklearn.linear_model.Ridge behind a StandardScaler
 * @see Golub, Heath and Wahba, Generalized cross-validation as a method for choosing a good ridge parameter (1979)
 */
import { z } from 'zod';
import { build } from '../../../onnx-format/index.ts';
import { errors } from '../../errors.ts';
import type { Trainer } from '../../fit/trainer.ts';
import { doubleRows, doubles, toFloat } from '../graphs/double-nodes.ts';
import { modelFace, VALUE, writeGraph } from '../graphs/model-face.ts';
import { standardisation, standardise } from '../standardised/standardisation.ts';
import { fitRidge } from './fit-ridge.ts';

const settings = z.object({
  alpha: z.number().positive().optional().meta({
    description:
      'How strongly large weights are held back. Left empty: chosen by what would best predict rows left out.',
  }),
});

export const ridge: Trainer<typeof settings> = {
  name: 'ridge',
  title: 'Ridge regression',
  suits:
    'Quick and easy to understand: a value that rises or falls evenly with each feature. A good first model of a number.',
  tasks: ['regression'],
  takes: 'features',
  settings,
  train(set, { alpha }, run) {
    const { target, width } = set;
    if (target.task !== 'regression') throw errors.TASK_UNSUITABLE({ trainer: 'Ridge regression', task: target.task });
    const scaling = standardisation(set);
    const fit = fitRidge({ ...set, values: standardise(set.values, scaling) }, target.values, alpha, run);
    const { weights, intercept } = fit;
    const face = modelFace(set);
    return {
      ...face,
      predict(values, rows) {
        const standardised = standardise(values, scaling);
        return Float64Array.from({ length: rows }, (_, row) => {
          let sum = 0;
          for (let column = 0; column < width; column++) {
            sum += (weights[column] as number) * (standardised[row * width + column] as number);
          }
          return sum + intercept;
        });
      },
      onnx() {
        const { nodes, initializers } = doubleRows(scaling);
        return writeGraph(
          'ridge',
          face,
          [
            ...nodes,
            build.node('MatMul', ['z', 'weights'], ['weighted']),
            build.node('Add', ['weighted', 'intercept'], ['sum']),
            toFloat('sum', VALUE),
          ],
          [...initializers, doubles('weights', [width, 1], weights), doubles('intercept', [1], [intercept])],
        );
      },
      words: `${width} ${width === 1 ? 'feature' : 'features'}, penalty ${Number(fit.alpha.toPrecision(3))}`,
    };
  },
};

/**
 * Multinomial logistic (softmax) regression with an L2 penalty, on standardised features, minimised over the full batch.
 * The standardisation is part of the model.
 *
 * @see sklearn.linear_model.LogisticRegression behind a StandardScaler: the same objective, C = `inversePenalty`
 */
import { z } from 'zod';
import { build } from '../../../onnx-format/index.ts';
import type { Trainer } from '../../fit/trainer.ts';
import { errors } from '../../errors.ts';
import { FEATURES, modelFace, PROBABILITIES, writeGraph } from '../graphs/model-face.ts';
import { labelNode, standardiseNodes } from '../graphs/standardise-nodes.ts';
import { standardisation, standardise } from '../standardised/standardisation.ts';
import { linearProbabilities } from './linear-probabilities.ts';
import { fitSoftmax } from './fit-softmax.ts';

const settings = z.object({
  inversePenalty: z.number().positive().default(1).meta({
    description: 'How freely the model may follow the examples. Smaller: simpler, and less led astray by chance.',
  }),
  iterations: z.number().int().positive().max(100_000).default(500).meta({
    description: 'The most steps that are taken. It stops earlier where nothing improves any more.',
  }),
});

export const logisticRegression: Trainer<typeof settings> = {
  name: 'logistic-regression',
  title: 'Logistic regression',
  suits: 'Quick and easy to understand: each feature speaks for or against each label. A good first model.',
  tasks: ['classification'],
  takes: 'features',
  settings,
  train(set, { inversePenalty, iterations }, run) {
    const { target, width } = set;
    if (target.task !== 'classification') {
      throw errors.TASK_UNSUITABLE({ trainer: 'Logistic regression', task: target.task });
    }
    const { classes, codes } = target;
    const scaling = standardisation(set);
    const fit = fitSoftmax(
      { ...set, values: standardise(set.values, scaling) },
      { codes, classes: classes.length, inversePenalty, iterations },
      run,
    );
    const { weights, intercepts, steps } = fit;
    const face = modelFace(set);
    return {
      ...face,
      predict: (values, rows) =>
        linearProbabilities(standardise(values, scaling), rows, width, { weights, intercepts }),
      onnx() {
        const standardised = standardiseNodes(FEATURES, 'standardised', scaling);
        return writeGraph(
          'logistic-regression',
          face,
          [
            ...standardised.nodes,
            build.node('Gemm', ['standardised', 'weights', 'intercepts'], ['logits'], { transB: 1n }),
            build.node('Softmax', ['logits'], [PROBABILITIES], { axis: -1n }),
            labelNode(),
          ],
          [
            ...standardised.initializers,
            build.floatTensor('weights', [classes.length, width], weights),
            build.floatTensor('intercepts', [classes.length], intercepts),
          ],
        );
      },
      words: `${width} ${width === 1 ? 'feature' : 'features'}, ${steps} steps`,
    };
  },
};

/**
 * How far a row lies from the middle of the training rows, measured in their own spread: features that move together may do
 * so, and are strange only where they part.
 *
 * @see sklearn.covariance.ShrunkCovariance behind a StandardScaler; the score is the root of its `mahalanobis`
 */
import { z } from 'zod';
import { build } from '../../../onnx-format/index.ts';
import { errors } from '../../errors.ts';
import type { Trainer } from '../../fit/trainer.ts';
import { anomalySettings, thresholdOf } from '../anomalies/threshold.ts';
import { doubleRows, doubles, toFloat } from '../graphs/double-nodes.ts';
import { modelFace, SCORE, writeGraph } from '../graphs/model-face.ts';
import { checkPairs } from '../pairs/check-pairs.ts';
import { standardisation, standardise } from '../standardised/standardisation.ts';
import { weightedMean } from '../standardised/weighted-mean.ts';
import { distances } from './distances.ts';
import { whitening } from './whitening.ts';

const settings = z.object({
  ...anomalySettings,
  shrinkage: z.number().gt(0).max(1).optional().meta({
    description:
      'How far the features are taken to be unrelated: 0 trusts what the examples say of it, 1 ignores it. Left empty: a tenth of the square of features per example.',
  }),
});

export const mahalanobis: Trainer<typeof settings> = {
  name: 'mahalanobis',
  title: 'Mahalanobis distance',
  suits:
    'Learns how features move together in normal operation, and notices when they no longer do. Quick, for one normal state.',
  tasks: ['anomaly'],
  takes: 'features',
  settings,
  train(set, { quantile, shrinkage }, run) {
    const { target, width } = set;
    if (target.task !== 'anomaly') throw errors.TASK_UNSUITABLE({ trainer: 'Mahalanobis distance', task: target.task });
    checkPairs('Mahalanobis distance', width);
    const scaling = standardisation(set);
    const standardised = { ...set, values: standardise(set.values, scaling) };
    const middle = weightedMean(standardised);
    run.step(0.2, 'the middle of the examples');
    const { matrix, used } = whitening(standardised, middle, shrinkage);
    run.step(0.9, 'their spread');
    const face = modelFace(set);
    const predict = (values: Float32Array) => distances(standardise(values, scaling), middle, matrix);
    return {
      ...face,
      predict,
      onnx() {
        const { nodes, initializers } = doubleRows(scaling);
        const turned = matrix.map((_, at) => matrix[(at % width) * width + Math.floor(at / width)] as number);
        return writeGraph(
          'mahalanobis',
          face,
          [
            ...nodes,
            build.node('Sub', ['z', 'middle'], ['from_middle']),
            build.node('MatMul', ['from_middle', 'whitening'], ['whitened']),
            build.node('Mul', ['whitened', 'whitened'], ['squares']),
            build.node('MatMul', ['squares', 'ones'], ['squared_distance']),
            build.node('Sqrt', ['squared_distance'], ['distance']),
            toFloat('distance', SCORE),
          ],
          [
            ...initializers,
            doubles('middle', [width], middle),
            doubles('whitening', [width, width], turned),
            doubles('ones', [width, 1], new Float64Array(width).fill(1)),
          ],
        );
      },
      threshold: thresholdOf(predict(set.values), quantile, set),
      words: `${width} ${width === 1 ? 'feature' : 'features'}, shrinkage ${Number(used.toPrecision(2))}`,
    };
  },
};

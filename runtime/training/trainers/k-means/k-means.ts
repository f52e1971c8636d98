/**
 * How far a row lies from the nearest of a few centres of the training rows.
 *
 * @see sklearn.cluster.KMeans behind a StandardScaler; the score is the least of its `transform`
 */
import { z } from 'zod';
import { build } from '../../../onnx-format/index.ts';
import { errors } from '../../errors.ts';
import type { Trainer } from '../../fit/trainer.ts';
import { anomalySettings, thresholdOf } from '../anomalies/threshold.ts';
import { doubleRows, doubles, toFloat } from '../graphs/double-nodes.ts';
import { modelFace, SCORE, writeGraph } from '../graphs/model-face.ts';
import { createPace } from '../pace/pace.ts';
import { someRows } from '../some-rows/some-rows.ts';
import { standardisation, standardise } from '../standardised/standardisation.ts';
import { chooseCount } from './choose-count.ts';
import { lloyd } from './lloyd.ts';
import { squaredDistance } from './squared-distance.ts';

const settings = z.object({
  ...anomalySettings,
  centres: z.number().int().min(1).max(256).optional().meta({
    description: 'How many normal states there are. Left empty: as many as make the examples clearly better described.',
  }),
  most: z.number().int().min(1).max(256).default(10).meta({
    description: 'The most centres that are tried where their number is left empty.',
  }),
  restarts: z.number().int().min(1).max(100).default(4).meta({
    description: 'How often it begins anew from other centres; the best is kept.',
  }),
});

/** As many rows show how many states there are. */
const ROWS_TO_CHOOSE_BY = 5000;

export const kMeans: Trainer<typeof settings> = {
  name: 'k-means',
  title: 'K-means distance',
  suits:
    'Learns a few normal states and notices what is near to none of them. Good where a machine has several ways to run.',
  tasks: ['anomaly'],
  takes: 'features',
  settings,
  train(set, { quantile, centres: given, most, restarts }, run) {
    const { target, width } = set;
    if (target.task !== 'anomaly') throw errors.TASK_UNSUITABLE({ trainer: 'K-means distance', task: target.task });
    const scaling = standardisation(set);
    const standardised = { ...set, values: standardise(set.values, scaling) };
    const pace = createPace(run);
    const { seed } = run;
    const wanted =
      given ?? chooseCount(someRows(standardised, ROWS_TO_CHOOSE_BY, seed), { most, restarts, seed }, pace).count;
    const { centres, count } = lloyd(standardised, { count: Math.min(wanted, set.rows), restarts, seed }, pace);
    const face = modelFace(set);
    const predict = (values: Float32Array) => {
      const own = standardise(values, scaling);
      return Float64Array.from({ length: own.length / width }, (_, row) => {
        let least = Infinity;
        for (let centre = 0; centre < count; centre++) {
          least = Math.min(least, squaredDistance(own, row * width, centres, centre * width, width, least));
        }
        return Math.sqrt(least);
      });
    };
    return {
      ...face,
      predict,
      onnx() {
        const { nodes, initializers } = doubleRows(scaling);
        return writeGraph(
          'k-means',
          face,
          [
            ...nodes,
            build.node('Unsqueeze', ['z', 'axis'], ['row']),
            build.node('Sub', ['row', 'centres'], ['off']),
            build.node('Mul', ['off', 'off'], ['squares']),
            build.node('ReduceSum', ['squares', 'features_axis'], ['squared_distances'], { keepdims: 0n }),
            build.node('ReduceMin', ['squared_distances'], ['least'], { axes: [1n], keepdims: 1n }),
            build.node('Sqrt', ['least'], ['distance']),
            toFloat('distance', SCORE),
          ],
          [
            ...initializers,
            doubles('centres', [count, width], centres),
            build.tensor('axis', 'int64', [1], [1]),
            build.tensor('features_axis', 'int64', [1], [2]),
          ],
        );
      },
      threshold: thresholdOf(predict(set.values), quantile, set),
      words: count === 1 ? '1 centre' : `${count} centres`,
    };
  },
};

/**
 * How unlikely a row is under a sum of a few Gaussians that was fitted to the training rows. How many, is chosen by the
 * Bayesian information criterion.
 *
 * @see sklearn.mixture.GaussianMixture behind a StandardScaler; the score is minus its `score_samples`
 */
import { z } from 'zod';
import { build } from '../../../onnx-format/index.ts';
import { errors } from '../../errors.ts';
import type { Trainer } from '../../fit/trainer.ts';
import { anomalySettings, thresholdOf } from '../anomalies/threshold.ts';
import { doubleRows, doubles, toFloat } from '../graphs/double-nodes.ts';
import { modelFace, SCORE, writeGraph } from '../graphs/model-face.ts';
import { createPace } from '../pace/pace.ts';
import { checkPairs } from '../pairs/check-pairs.ts';
import { someRows } from '../some-rows/some-rows.ts';
import { forBlocks } from '../standardised/blocks.ts';
import { standardisation, standardise } from '../standardised/standardisation.ts';
import { chooseMixture } from './choose-mixture.ts';
import { buffersOf } from './expectation-maximisation.ts';
import { type Component, logDensities, logSum } from './mixture.ts';

const settings = z.object({
  ...anomalySettings,
  components: z.number().int().min(1).max(64).optional().meta({
    description: 'How many clouds the examples are made of. Left empty: as many as the examples give reason for.',
  }),
  most: z.number().int().min(1).max(64).default(6).meta({
    description: 'The most clouds that are tried where their number is left empty.',
  }),
  regularisation: z.number().positive().max(1).default(1e-4).meta({
    description:
      'The least variance that a cloud may have, of standardised features: keeps it from closing in on a single example.',
  }),
  restarts: z.number().int().min(1).max(100).default(2).meta({
    description: 'How often the clouds to begin with are looked for anew; the best are taken.',
  }),
  rows: z.number().int().min(100).max(1_000_000).default(20_000).meta({
    description: 'Of more examples than these it learns from so many, drawn by chance.',
  }),
});

export const gaussianMixture: Trainer<typeof settings> = {
  name: 'gaussian-mixture',
  title: 'Gaussian mixture',
  suits: 'Learns several normal states and how features move together in each, and says how unlikely a reading is.',
  tasks: ['anomaly'],
  takes: 'features',
  settings,
  train(set, { quantile, components: wanted, most, regularisation, restarts, rows: limit }, run) {
    const { target, width } = set;
    if (target.task !== 'anomaly') throw errors.TASK_UNSUITABLE({ trainer: 'Gaussian mixture', task: target.task });
    checkPairs('Gaussian mixture', width);
    const scaling = standardisation(set);
    const used = someRows({ ...set, values: standardise(set.values, scaling) }, limit, run.seed);
    const counts = wanted === undefined ? { least: 1, most } : { least: wanted, most: wanted };
    const choices = { ...counts, regularisation, restarts, seed: run.seed };
    const { components } = chooseMixture(used, choices, createPace(run));
    const count = components.length;
    const face = modelFace(set);
    const predict = (values: Float32Array) => surprises(components, standardise(values, scaling), width);
    return {
      ...face,
      predict,
      onnx() {
        const { nodes, initializers } = doubleRows(scaling);
        const { matrix, shift } = stacked(components, width);
        return writeGraph(
          'gaussian-mixture',
          face,
          [
            ...nodes,
            build.node('MatMul', ['z', 'whitening'], ['turned']),
            build.node('Sub', ['turned', 'shift'], ['whitened']),
            build.node('Reshape', ['whitened', 'by_component'], ['parts']),
            build.node('Mul', ['parts', 'parts'], ['squares']),
            build.node('ReduceSum', ['squares', 'features_axis'], ['squared_distances'], { keepdims: 0n }),
            build.node('Mul', ['squared_distances', 'minus_half'], ['exponents']),
            build.node('Add', ['exponents', 'constants'], ['log_densities']),
            build.node('ReduceLogSumExp', ['log_densities'], ['log_likelihood'], { axes: [1n], keepdims: 1n }),
            build.node('Neg', ['log_likelihood'], ['surprise']),
            toFloat('surprise', SCORE),
          ],
          [
            ...initializers,
            doubles('whitening', [width, count * width], matrix),
            doubles('shift', [count * width], shift),
            doubles('minus_half', [1], [-0.5]),
            doubles(
              'constants',
              [count],
              components.map(({ constant }) => constant),
            ),
            build.tensor('by_component', 'int64', [3], [0, count, width]),
            build.tensor('features_axis', 'int64', [1], [2]),
          ],
        );
      },
      threshold: thresholdOf(predict(set.values), quantile, set),
      words:
        (count === 1 ? '1 Gaussian' : `${count} Gaussians`) +
        (used.rows < set.rows ? ` from ${used.rows} of ${set.rows} examples` : ''),
    };
  },
};

/** −log of the likelihood of each row. */
function surprises(components: readonly Component[], standardised: Float32Array, width: number): Float64Array {
  const count = components.length;
  const rows = standardised.length / width;
  const scores = new Float64Array(rows);
  const buffers = buffersOf(rows, width);
  const logs = new Float64Array(Math.min(rows, 256) * count);
  forBlocks(standardised, width, (block, from, size) => {
    logDensities(components, block, size, logs, buffers);
    for (let row = 0; row < size; row++) scores[from + row] = -logSum(logs, row * count, count);
  });
  return scores;
}

/** The whitenings side by side, width × (components · width), and what they make of the means. */
function stacked(components: readonly Component[], width: number) {
  const columns = components.length * width;
  const matrix = new Float64Array(width * columns);
  const shift = new Float64Array(columns);
  for (const [index, { mean, whitening }] of components.entries()) {
    for (let to = 0; to < width; to++) {
      for (let from = 0; from < width; from++) {
        const factor = whitening[to * width + from] as number;
        const column = index * width + to;
        matrix[from * columns + column] = factor;
        shift[column] = (shift[column] as number) + factor * (mean[from] as number);
      }
    }
  }
  return { matrix, shift };
}

/**
 * Trees of questions drawn by chance: a row that few questions set apart from all others is strange.
 *
 * @see Liu, Ting, Zhou (2008), Isolation forest; the score is the negative of sklearn.ensemble.IsolationForest's score_samples
 */
import { z } from 'zod';
import { seededRandom } from '../../../numerics/index.ts';
import { build } from '../../../onnx-format/index.ts';
import { errors } from '../../errors.ts';
import type { Trainer } from '../../fit/trainer.ts';
import { anomalySettings, thresholdOf } from '../anomalies/threshold.ts';
import { modelFace, SCORE, writeGraph } from '../graphs/model-face.ts';
import { createPace } from '../pace/pace.ts';
import { weightsOf } from '../trees/centre.ts';
import { Ensemble } from '../trees/ensemble.ts';
import { ensembleNode, TREE_OPSETS } from '../trees/ensemble-node.ts';
import { scaleLeaves } from '../trees/scale-leaves.ts';
import { sumLeaves } from '../trees/walk.ts';
import { treeWords } from '../trees/words.ts';
import { drawSample } from './draw-sample.ts';
import { isolate } from './isolate.ts';
import { pathLength } from './path-length.ts';

const settings = z.object({
  ...anomalySettings,
  trees: z.number().int().min(1).max(2000).default(200).meta({
    title: 'Trees',
    description: 'How many trees are asked. More are steadier, larger and slower.',
  }),
  sample: z.number().int().min(2).max(65_536).default(256).meta({
    title: 'Rows a tree',
    description: 'How many examples each tree tells apart. Few are enough, and hide strange ones less.',
  }),
});

export const isolationForest: Trainer<typeof settings> = {
  name: 'isolation-forest',
  title: 'Isolation forest',
  suits: 'Notices what is easily told apart from everything known. Good with many features of any scale.',
  tasks: ['anomaly'],
  takes: 'features',
  settings,
  train(set, { quantile, trees, sample: wanted }, run) {
    const { target, rows, width } = set;
    if (target.task !== 'anomaly') throw errors.TASK_UNSUITABLE({ trainer: 'Isolation forest', task: target.task });
    const random = seededRandom(run.seed);
    const weights = weightsOf(set);
    const draw = drawSample(weights, wanted, random);
    const ensemble = new Ensemble(1);
    const pace = createPace(run);
    for (let tree = 0, going = true; tree < trees && going; tree++) {
      const sample = draw();
      isolate(set, sample, ensemble, random);
      going = pace.after(sample.length * 64, tree / trees, () => `${tree} of ${trees} trees`);
    }
    // 2^(-mean / usual) is the exponential of what the leaves then add up to.
    const usual = Math.max(1, pathLength(draw.rows));
    scaleLeaves(ensemble, -Math.LN2 / (usual * ensemble.trees));
    const face = modelFace(set);
    const predict = (values: Float32Array, count: number) =>
      Float64Array.from(sumLeaves(ensemble, values, count, width, 1), Math.exp);
    return {
      ...face,
      predict,
      onnx() {
        const node = ensembleNode(ensemble, {
          op: 'TreeEnsembleRegressor',
          outputs: ['exponent'],
          target: () => 0,
          attributes: { n_targets: 1n, post_transform: 'NONE' },
        });
        return writeGraph('isolation-forest', face, [node, build.node('Exp', ['exponent'], [SCORE])], [], TREE_OPSETS);
      },
      threshold: thresholdOf(predict(set.values, rows), quantile, set),
      words: treeWords(ensemble),
    };
  },
};

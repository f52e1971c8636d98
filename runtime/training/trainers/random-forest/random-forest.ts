/**
 * Many trees, each grown on a bootstrap sample, with a few features to choose from at each split; their answers are averaged.
 *
 * @see Breiman (2001), Random forests; sklearn.ensemble.RandomForestClassifier. Columns are binned, as by LightGBM
 */
import { z } from 'zod';
import { seededRandom } from '../../../numerics/index.ts';
import { errors } from '../../errors.ts';
import type { Trainer } from '../../fit/trainer.ts';
import { createPace } from '../pace/pace.ts';
import { binColumns } from '../trees/bins.ts';
import { centre, weightsOf } from '../trees/centre.ts';
import { ClassSplits } from '../trees/class-splits.ts';
import { classModel } from '../trees/class-model.ts';
import { Ensemble } from '../trees/ensemble.ts';
import { createGrower } from '../trees/grow.ts';
import { scaleLeaves } from '../trees/scale-leaves.ts';
import { valueModel } from '../trees/value-model.ts';
import { ValueSplits } from '../trees/value-splits.ts';
import { treeWords } from '../trees/words.ts';
import { bootstrap } from './bootstrap.ts';

const settings = z.object({
  trees: z.number().int().min(1).max(2000).default(100).meta({
    title: 'Trees',
    description: 'How many trees vote. More are steadier, larger and slower; beyond a few hundred little changes.',
  }),
  depth: z.number().int().min(1).max(64).default(24).meta({
    title: 'Depth',
    description: 'The most questions that a tree asks in a row. Fewer make a smaller, simpler model.',
  }),
  leaf: z.number().int().min(1).max(100_000).optional().meta({
    title: 'Rows in a leaf',
    description:
      'The fewest examples that an answer rests on. Left empty: 1 where there are few examples, more where there are many, so that the model stays small.',
  }),
  features: z.number().gt(0).max(1).optional().meta({
    title: 'Share of features',
    description:
      'The share of the features that a question may choose from. Left empty: the square root of their number for labels, a third for values.',
  }),
});

/** Rows to each row of a leaf where nothing is set: beyond them leaves of one row make a large model that is no better. */
const ROWS_A_LEAF_ROW = 5000;

export const randomForest: Trainer<typeof settings> = {
  name: 'random-forest',
  title: 'Random forest',
  suits: 'Many decision trees that vote. Works well on almost everything, with nothing to tune.',
  tasks: ['classification', 'regression'],
  takes: 'features',
  settings,
  train(set, { trees, depth, leaf, features: share }, run) {
    const { target, rows, width } = set;
    if (target.task === 'anomaly') throw errors.TASK_UNSUITABLE({ trainer: 'Random forest', task: target.task });
    const minLeaf = leaf ?? Math.max(1, Math.floor(rows / ROWS_A_LEAF_ROW));
    const usual = target.task === 'classification' ? Math.sqrt(width) : width / 3;
    const features = Math.max(1, Math.min(width, Math.floor(share === undefined ? usual : share * width)));
    const pace = createPace(run);
    let [grown, going] = [0, true];
    const spend = (work: number) => {
      going = pace.after(work, grown / trees, () => `${grown} of ${trees} trees`);
      return going;
    };
    const bins = binColumns(set.values, rows, width, spend);
    const own = weightsOf(set);
    const weights = new Float64Array(rows);
    const random = seededRandom(run.seed);
    const about = target.task === 'regression' ? centre(target.values, own) : undefined;
    const splits =
      target.task === 'classification'
        ? new ClassSplits(bins, target.codes, weights, target.classes.length, minLeaf)
        : new ValueSplits(bins, about?.centred ?? new Float64Array(0), weights, minLeaf);
    const ensemble = new Ensemble(target.task === 'classification' ? target.classes.length : 1);
    const grow = createGrower({ bins, splits, features, depth, minLeaf, random, spend });
    const times = new Uint16Array(rows);
    const order = new Int32Array(rows);
    for (; grown < trees && going; grown++) {
      bootstrap(times, random);
      let drawn = 0;
      for (let row = 0; row < rows; row++) {
        const weight = (times[row] as number) * (own[row] as number);
        weights[row] = weight;
        if (weight > 0) order[drawn++] = row;
      }
      grow(ensemble, order.subarray(0, drawn));
    }
    // The tree that was cut short is left out where there are others.
    if (!going && grown > 1) ensemble.keep(grown - 1);
    scaleLeaves(ensemble, 1 / ensemble.trees);
    const model = about
      ? valueModel('random-forest', ensemble, about.mean, set)
      : classModel('random-forest', ensemble, set);
    return { ...model, words: treeWords(ensemble) };
  },
};

/**
 * One tree of questions, grown by CART and pruned by what a further leaf explains.
 *
 * @see sklearn.tree.DecisionTreeClassifier and DecisionTreeRegressor. Columns of more than 256 values are binned
 */
import { z } from 'zod';
import { seededRandom } from '../../../numerics/index.ts';
import { errors } from '../../errors.ts';
import type { Trainer } from '../../fit/trainer.ts';
import type { Target } from '../../fit/training-set.ts';
import { createPace } from '../pace/pace.ts';
import { binColumns } from '../trees/bins.ts';
import { centre, weightsOf } from '../trees/centre.ts';
import { classModel } from '../trees/class-model.ts';
import { ClassSplits } from '../trees/class-splits.ts';
import { Ensemble } from '../trees/ensemble.ts';
import { createGrower } from '../trees/grow.ts';
import { valueModel } from '../trees/value-model.ts';
import { ValueSplits } from '../trees/value-splits.ts';
import { treeWords } from '../trees/words.ts';
import { prune } from './prune.ts';

const settings = z.object({
  depth: z.number().int().min(1).max(64).default(12).meta({
    title: 'Depth',
    description: 'The most questions that are asked in a row. Fewer make a tree that a person can read.',
  }),
  leaf: z.number().int().min(1).max(100_000).default(2).meta({
    title: 'Rows in a leaf',
    description: 'The fewest examples that an answer rests on.',
  }),
  pruning: z.number().min(0).max(1).optional().meta({
    title: 'Pruning',
    description:
      'What every further answer of the tree must explain, as a share of all differences there are. 0: nothing is cut off. Left empty: 0.002 for labels, 0.01 for values.',
  }),
});

export const decisionTree: Trainer<typeof settings> = {
  name: 'decision-tree',
  title: 'Decision tree',
  suits: 'A few questions with yes or no, which a person can follow. Small and quick; a forest is more accurate.',
  tasks: ['classification', 'regression'],
  takes: 'features',
  settings,
  train(set, { depth, leaf: minLeaf, pruning }, run) {
    const { target, rows, width } = set;
    if (target.task === 'anomaly') throw errors.TASK_UNSUITABLE({ trainer: 'Decision tree', task: target.task });
    const grown = new Ensemble(target.task === 'classification' ? target.classes.length : 1);
    const pace = createPace(run);
    const spend = (work: number) => pace.after(work, grown.nodes / (grown.nodes + 100), () => `${grown.nodes} nodes`);
    const bins = binColumns(set.values, rows, width, spend);
    const weights = weightsOf(set);
    const about = target.task === 'regression' ? centre(target.values, weights) : undefined;
    const splits =
      target.task === 'classification'
        ? new ClassSplits(bins, target.codes, weights, target.classes.length, minLeaf)
        : new ValueSplits(bins, about?.centred ?? new Float64Array(0), weights, minLeaf);
    const random = seededRandom(run.seed);
    const counted = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => (weights[row] as number) > 0);
    createGrower({ bins, splits, features: width, depth, minLeaf, random, spend })(grown, counted);
    const tree = prune(grown, (pruning ?? (about ? 0.01 : 0.002)) * impurity(target, about?.centred, weights));
    const model = about ? valueModel('decision-tree', tree, about.mean, set) : classModel('decision-tree', tree, set);
    return { ...model, words: treeWords(tree) };
  },
};

/** Of all rows: their weight times the Gini impurity, or the sum of squares. */
function impurity(target: Target, centred: Float64Array | undefined, weights: Float64Array): number {
  if (centred) return centred.reduce((sum, value, row) => sum + (weights[row] as number) * value * value, 0);
  if (target.task !== 'classification') return 0;
  const sums = new Float64Array(target.classes.length);
  target.codes.forEach((code, row) => (sums[code] = (sums[code] as number) + (weights[row] as number)));
  const total = sums.reduce((sum, each) => sum + each, 0);
  return total > 0 ? total - sums.reduce((sum, each) => sum + each * each, 0) / total : 0;
}

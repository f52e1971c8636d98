/**
 * Trees one after the other, each correcting what those before it still get wrong.
 *
 * @see Friedman (2001), Greedy function approximation; sklearn.ensemble.HistGradientBoostingClassifier, with its defaults
 */
import { z } from 'zod';
import { errors } from '../../errors.ts';
import type { Fitted, Trainer } from '../../fit/trainer.ts';
import type { TrainingSet } from '../../fit/training-set.ts';
import { createPace } from '../pace/pace.ts';
import { binColumns, MOST_BINS } from '../trees/bins.ts';
import { centre, weightsOf } from '../trees/centre.ts';
import { Ensemble } from '../trees/ensemble.ts';
import { valueModel } from '../trees/value-model.ts';
import { treeWords } from '../trees/words.ts';
import { logisticModel, softmaxModel } from './boosted-model.ts';
import { LeafWise } from './leaf-wise.ts';
import { logisticLoss } from './logistic-loss.ts';
import type { Loss } from './loss.ts';
import { softmaxLoss } from './softmax-loss.ts';
import { squaredLoss } from './squared-loss.ts';
import { createValidation } from './validation.ts';

const settings = z.object({
  iterations: z.number().int().min(1).max(5000).default(100).meta({
    title: 'Rounds',
    description: 'The most rounds of correction. It stops earlier where held-out examples gain nothing any more.',
  }),
  rate: z.number().gt(0).max(1).default(0.1).meta({
    title: 'Learning rate',
    description: 'How much of its correction each round applies. Smaller is more careful and needs more rounds.',
  }),
  leaves: z.number().int().min(2).max(1024).default(31).meta({
    title: 'Leaves',
    description: 'The most answers that one tree tells apart. Fewer make a simpler model.',
  }),
  depth: z.number().int().min(1).max(64).default(24).meta({
    title: 'Depth',
    description: 'The most questions that a tree asks in a row.',
  }),
  leaf: z.number().int().min(1).max(100_000).optional().meta({
    title: 'Rows in a leaf',
    description: 'The fewest examples that an answer rests on. Left empty: 20, or fewer where there are few examples.',
  }),
  l2: z.number().min(0).max(1e6).default(0).meta({
    title: 'Caution',
    description: 'Draws answers that rest on little towards doing nothing (L2 penalty). 0: not at all.',
  }),
  patience: z.number().int().min(1).max(1000).default(10).meta({
    title: 'Patience',
    description: 'So many rounds without a gain on held-out examples end it.',
  }),
});

type Settings = z.output<typeof settings>;

/** Fewest rows in a leaf where there are enough of them; else this share of them. */
const USUAL_LEAF = 20;
const LEAF_SHARE = 1 / 6;
/** Bytes that histograms may take: of very many features the bins become coarser. */
const MOST_BYTES = 256 * 2 ** 20;
/** Less is no gain. */
const LEAST_GAIN = 1e-7;

export const gradientBoosting: Trainer<typeof settings> = {
  name: 'gradient-boosting',
  title: 'Gradient boosting',
  suits:
    'Small trees that correct each other. Often the most accurate on tables of features, if there are some hundred examples.',
  tasks: ['classification', 'regression'],
  takes: 'features',
  stopsEarly: true,
  settings,
  train(set, chosen, run) {
    const weights = weightsOf(set);
    const loss = lossOf(set, weights);
    const { base } = loss;
    const { rows, width } = set;
    const counted = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => (weights[row] as number) > 0);
    const most = Math.floor(MOST_BYTES / (16 * width * (chosen.leaves + 1)));
    const minLeaf = chosen.leaf ?? Math.max(1, Math.min(USUAL_LEAF, Math.floor(counted.length * LEAF_SHARE)));
    const pace = createPace(run);
    let [round, going] = [0, true];
    const spend = (work: number) => {
      going = pace.after(work, round / chosen.iterations, () => `${round} of ${chosen.iterations} rounds`);
      return going;
    };
    const bins = binColumns(set.values, rows, width, spend, Math.max(16, Math.min(MOST_BINS, most)));
    const trees = new LeafWise(bins, counted, { ...chosen, minLeaf, spend });
    const ensemble = new Ensemble(1);
    const scores = Array.from(base, (start) => new Float64Array(rows).fill(start));
    const gradients = Array.from(base, () => new Float32Array(rows));
    const hessians = Array.from(base, () => new Float32Array(rows));
    const stop = stopping(run.validation, ensemble, base, chosen);
    for (; round < chosen.iterations && going; round++) {
      loss.slope(scores, gradients, hessians);
      for (let output = 0; output < base.length; output++) {
        trees.grow(
          ensemble,
          gradients[output] as Float32Array,
          hessians[output] as Float32Array,
          scores[output] as Float64Array,
        );
      }
      if (stop()) break;
    }
    return { ...modelOf(ensemble, base, set), words: treeWords(ensemble) };
  },
};

function lossOf({ target }: TrainingSet, weights: Float64Array): Loss {
  switch (target.task) {
    case 'anomaly':
      throw errors.TASK_UNSUITABLE({ trainer: 'Gradient boosting', task: target.task });
    case 'regression':
      return squaredLoss(target.values, weights, centre(target.values, weights).mean);
    case 'classification': {
      const { codes, classes } = target;
      return classes.length === 2 ? logisticLoss(codes, weights) : softmaxLoss(codes, weights, classes.length);
    }
  }
}

/** @returns asked after each round: true when rows that were held out have gained nothing for long; the best rounds are kept */
function stopping(
  held: TrainingSet | undefined,
  ensemble: Ensemble,
  base: Float32Array,
  { patience }: Settings,
): () => boolean {
  if (!held || held.rows === 0) return () => false;
  const validation = createValidation(held, base);
  let [seen, best, least, waited] = [0, 0, Infinity, 0];
  return () => {
    const loss = validation.after(ensemble, seen);
    seen = ensemble.trees;
    if (loss < least - LEAST_GAIN) [best, least, waited] = [seen, loss, 0];
    else waited++;
    if (waited < patience) return false;
    ensemble.keep(best);
    return true;
  };
}

function modelOf(ensemble: Ensemble, base: Float32Array, set: TrainingSet): Omit<Fitted, 'words'> {
  const [first = 0] = base;
  if (set.target.task === 'regression') return valueModel('gradient-boosting', ensemble, first, set);
  return base.length === 1 ? logisticModel(ensemble, first, set) : softmaxModel(ensemble, base, set);
}

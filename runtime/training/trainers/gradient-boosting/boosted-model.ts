import { softmax } from '../../../numerics/index.ts';
import type { Fitted } from '../../fit/trainer.ts';
import type { TrainingSet } from '../../fit/training-set.ts';
import { LABEL, modelFace, PROBABILITIES, writeGraph } from '../graphs/model-face.ts';
import type { Ensemble } from '../trees/ensemble.ts';
import { ensembleNode, TREE_OPSETS } from '../trees/ensemble-node.ts';
import { sumLeaves } from '../trees/walk.ts';

type Model = Pick<Fitted, 'predict' | 'onnx' | 'inputs' | 'outputs'>;

const NAME = 'gradient-boosting';

/** Trees in turn for each class; a softmax makes probabilities of what they add up to. */
export function softmaxModel(ensemble: Ensemble, base: Float32Array, set: TrainingSet): Model {
  const face = modelFace(set);
  const classes = base.length;
  const classOf = (tree: number) => tree % classes;
  return {
    ...face,
    predict(values, rows) {
      const sums = Float64Array.from(sumLeaves(ensemble, values, rows, set.width, classes, classOf), (sum, at) =>
        Math.fround(sum + (base[at % classes] as number)),
      );
      for (let row = 0; row < rows; row++) softmax(sums.subarray(row * classes, (row + 1) * classes));
      return sums;
    },
    onnx() {
      const labels = Array.from(base, (_, label) => BigInt(label));
      const node = ensembleNode(ensemble, {
        op: 'TreeEnsembleClassifier',
        outputs: [LABEL, PROBABILITIES],
        target: classOf,
        attributes: { classlabels_int64s: labels, base_values: [...base], post_transform: 'SOFTMAX' },
      });
      return writeGraph(NAME, face, [node], [], TREE_OPSETS);
    },
  };
}

/** Of two classes one log odds is enough. */
export function logisticModel(ensemble: Ensemble, base: number, set: TrainingSet): Model {
  const face = modelFace(set);
  const start = mindSigns(ensemble, base);
  return {
    ...face,
    predict(values, rows) {
      const sums = sumLeaves(ensemble, values, rows, set.width, 1);
      const found = new Float64Array(2 * rows);
      for (let row = 0; row < rows; row++) {
        const score = Math.fround((sums[row] as number) + start);
        found[2 * row] = 1 / (1 + Math.exp(score));
        found[2 * row + 1] = 1 / (1 + Math.exp(-score));
      }
      return found;
    },
    onnx() {
      const node = ensembleNode(ensemble, {
        op: 'TreeEnsembleClassifier',
        outputs: [LABEL, PROBABILITIES],
        target: () => 0,
        attributes: { classlabels_int64s: [0n, 1n], base_values: [start], post_transform: 'LOGISTIC' },
      });
      return writeGraph(NAME, face, [node], [], TREE_OPSETS);
    },
  };
}

/**
 * Where no leaf is negative, ONNX Runtime takes sums for probabilities and names the label by 0.5: a tree of one negative
 * leaf, which the base makes good again, tells it otherwise.
 */
function mindSigns(ensemble: Ensemble, base: number): number {
  for (let leaf = 0; leaf < ensemble.leaves; leaf++) {
    if ((ensemble.values[leaf] as number) < 0) return Math.fround(base);
  }
  const at = ensemble.leaf(ensemble.addTree());
  ensemble.values[at] = -1;
  return Math.fround(base + 1);
}

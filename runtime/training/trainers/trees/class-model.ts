import { modelFace, LABEL, PROBABILITIES, writeGraph } from '../graphs/model-face.ts';
import type { Fitted } from '../../fit/trainer.ts';
import type { TrainingSet } from '../../fit/training-set.ts';
import type { Ensemble } from './ensemble.ts';
import { ensembleNode, TREE_OPSETS } from './ensemble-node.ts';
import { sumLeaves } from './walk.ts';

type Model = Pick<Fitted, 'predict' | 'onnx' | 'inputs' | 'outputs'>;

/**
 * Trees whose leaves say how likely each class is, already divided by the number of trees. Of two classes only the second is
 * written, since of two ONNX Runtime names the right label in no other way.
 */
export function classModel(name: string, ensemble: Ensemble, set: TrainingSet): Model {
  const { width } = set;
  const { outputs: classes } = ensemble;
  const face = modelFace(set);
  const two = classes === 2;
  return {
    ...face,
    predict(values, rows) {
      const sums = Float64Array.from(sumLeaves(ensemble, values, rows, width, classes));
      if (two) for (let at = 0; at < sums.length; at += 2) sums[at] = Math.fround(1 - (sums[at + 1] as number));
      return sums;
    },
    onnx() {
      const labels = Array.from({ length: classes }, (_, label) => BigInt(label));
      const node = ensembleNode(ensemble, {
        op: 'TreeEnsembleClassifier',
        outputs: [LABEL, PROBABILITIES],
        target: two ? () => 0 : (_, output) => output,
        ...(two ? { from: 1 } : { sparse: true }),
        attributes: { classlabels_int64s: labels, post_transform: 'NONE' },
      });
      return writeGraph(name, face, [node], [], TREE_OPSETS);
    },
  };
}

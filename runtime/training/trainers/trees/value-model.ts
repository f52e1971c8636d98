import { modelFace, VALUE, writeGraph } from '../graphs/model-face.ts';
import type { Fitted } from '../../fit/trainer.ts';
import type { TrainingSet } from '../../fit/training-set.ts';
import type { Ensemble } from './ensemble.ts';
import { ensembleNode, TREE_OPSETS } from './ensemble-node.ts';
import { sumLeaves } from './walk.ts';

type Model = Pick<Fitted, 'predict' | 'onnx' | 'inputs' | 'outputs'>;

/** Trees whose leaves add up to a value's distance from `base`. */
export function valueModel(name: string, ensemble: Ensemble, base: number, set: TrainingSet): Model {
  const face = modelFace(set);
  const start = Math.fround(base);
  return {
    ...face,
    predict: (values, rows) =>
      Float64Array.from(sumLeaves(ensemble, values, rows, set.width, 1), (sum) => Math.fround(sum + start)),
    onnx() {
      const node = ensembleNode(ensemble, {
        op: 'TreeEnsembleRegressor',
        outputs: [VALUE],
        target: () => 0,
        attributes: { n_targets: 1n, base_values: [start], post_transform: 'NONE' },
      });
      return writeGraph(name, face, [node], [], TREE_OPSETS);
    },
  };
}

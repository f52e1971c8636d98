import type { ModelInput, ModelOutput } from '../../../models/package/index.ts';
import { build, type OnnxNode, type OnnxTensor, type OpsetImport, writeOnnx } from '../../../onnx-format/index.ts';
import type { TrainingSet } from '../../fit/training-set.ts';

/** What a model takes and gives, as its package will say. */
export interface ModelFace {
  readonly inputs: readonly ModelInput[];
  readonly outputs: readonly ModelOutput[];
}

/** Of a graph: the name of its input, and of its outputs. */
export const FEATURES = 'features';
export const WINDOW = 'window';
export const LABEL = 'label';
export const PROBABILITIES = 'probabilities';
export const VALUE = 'value';
export const SCORE = 'score';

/** Rows of features, or windows; and what the task asks for. */
export function modelFace(set: TrainingSet): ModelFace {
  return { inputs: [inputOf(set)], outputs: outputsOf(set) };
}

function inputOf({ width, columns, window }: TrainingSet): ModelInput {
  if (!window) return { name: FEATURES, type: 'float32', shape: ['rows', width], features: [...columns] };
  return {
    name: WINDOW,
    type: 'float32',
    shape: ['rows', window.samples, columns.length],
    kind: 'window',
    window: { channels: [...columns], layout: 'samples-channels' },
  };
}

function outputsOf({ target }: TrainingSet): ModelOutput[] {
  switch (target.task) {
    case 'classification':
      return [
        { name: LABEL, type: 'int64', shape: ['rows'], role: 'label', places: true },
        { name: PROBABILITIES, type: 'float32', shape: ['rows', target.classes.length], role: 'scores' },
      ];
    case 'regression':
      return [{ name: VALUE, type: 'float32', shape: ['rows', 1], role: 'value' }];
    case 'anomaly':
      return [{ name: SCORE, type: 'float32', shape: ['rows', 1], role: 'score' }];
  }
}

/**
 * A graph that has this face, as a file. Its nodes begin at the input's name and end at the outputs'.
 *
 * @param opsets where it needs other operators than those of ai.onnx
 */
export function writeGraph(
  name: string,
  { inputs, outputs }: ModelFace,
  nodes: readonly OnnxNode[],
  initializers: readonly OnnxTensor[],
  opsets?: readonly OpsetImport[],
): Uint8Array {
  const infos = (list: readonly (ModelInput | ModelOutput)[]) =>
    list.map(({ name: own, type, shape }) =>
      build.value(
        own,
        type as 'float32' | 'int64',
        shape.map((size) => size ?? 'free'),
      ),
    );
  return writeOnnx(
    build.model({ name, nodes, initializers, inputs: infos(inputs), outputs: infos(outputs) }, {}, opsets),
  );
}

import {
  elementTypeNumber,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type ValueInfo,
} from '../../onnx-format/index.ts';
import { listOf } from './graph-walk.ts';

export interface WithoutZipMap {
  readonly model: OnnxModel;
  /** Of the map that was dropped; nothing where there was none. */
  readonly labels: readonly string[] | undefined;
}

/**
 * Gives the scores as the tensor that they are, where scikit-learn's exporter makes a list of maps of them, which ONNX
 * Runtime cannot hand to JavaScript.
 */
export function withoutZipMap(model: OnnxModel): WithoutZipMap {
  const maps = model.graph.nodes.filter(({ op }) => op === 'ZipMap');
  const [first] = maps;
  if (!first) return { model, labels: undefined };
  const graph: OnnxGraph = {
    ...model.graph,
    nodes: model.graph.nodes.filter((node) => !maps.includes(node)),
    outputs: model.graph.outputs.map((output) => replaced(output, maps)),
  };
  return { model: { ...model, graph }, labels: labelsOf(first) };
}

const labelsOf = (node: OnnxNode) => listOf(node, 'classlabels_strings', 'classlabels_int64s');

function replaced(output: ValueInfo, maps: readonly OnnxNode[]): ValueInfo {
  const map = maps.find(({ outputs }) => outputs.includes(output.name));
  if (!map) return output;
  const dimensions = [{ name: 'rows' }, { value: labelsOf(map).length }];
  return {
    name: map.inputs[0] ?? output.name,
    type: { tensor: { elementType: elementTypeNumber('float32'), shape: { dimensions } } },
  };
}

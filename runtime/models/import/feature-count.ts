import type { OnnxGraph, OnnxNode } from '../../onnx-format/index.ts';
import { attributeOf } from './graph-walk.ts';

/** How many values a row the first operators take, where the shape of the input does not say it. */
export function featureCount(graph: OnnxGraph, users: readonly OnnxNode[]): number | undefined {
  for (const user of users) {
    const count = countOf(graph, user);
    if (count !== undefined && Number.isInteger(count) && count > 0) return count;
  }
  return undefined;
}

function countOf(graph: OnnxGraph, node: OnnxNode): number | undefined {
  const floats = (name: string) => attributeOf(node, name)?.floats.length ?? 0;
  const ints = (name: string) => attributeOf(node, name)?.ints ?? [];
  const dims = (input: number) => graph.initializers.find(({ name }) => name === node.inputs[input])?.dims;
  switch (node.op) {
    case 'Scaler':
      return Math.max(floats('offset'), floats('scale'));
    case 'Imputer':
      return Math.max(floats('imputed_value_floats'), ints('imputed_value_int64s').length);
    case 'LinearRegressor':
      return floats('coefficients') / Number(attributeOf(node, 'targets')?.i ?? 1n);
    case 'LinearClassifier':
      return floats('coefficients') / Math.max(floats('intercepts'), 1);
    case 'TreeEnsembleClassifier':
    case 'TreeEnsembleRegressor':
      // The last features may be used by no tree: the least that it can be.
      return ints('nodes_featureids').reduce((most, id) => Math.max(most, Number(id) + 1), 0);
    case 'MatMul':
      return dims(1)?.at(-2);
    case 'Gemm':
      return dims(1)?.[attributeOf(node, 'transB')?.i === 1n ? 1 : 0];
    case 'Sub':
    case 'Div':
    case 'Mul':
    case 'Add':
      return dims(1)?.at(-1);
    default:
      return undefined;
  }
}

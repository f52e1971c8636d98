import { elementTypeName, isSupportedElementType } from './element-types.ts';
import { errors } from './errors.ts';
import type { OnnxGraph, OnnxType, ValueInfo } from './model.ts';

/**
 * Refuses inputs and outputs, also of subgraphs, whose element type ONNX Runtime's binding cannot hold: for some of them
 * it ends the process, which nothing can catch.
 *
 * @throws ONNX_TYPE_UNSUPPORTED
 */
export function checkTypes(graph: OnnxGraph): void {
  for (const input of graph.inputs) check('input', input);
  for (const output of graph.outputs) check('output', output);
  for (const { attributes } of graph.nodes) {
    for (const { g, graphs } of attributes) {
      if (g) checkTypes(g);
      graphs.forEach(checkTypes);
    }
  }
}

function check(role: string, { name, type }: ValueInfo): void {
  for (const number of elementTypes(type)) {
    // 0: the type is left to ONNX Runtime's inference.
    if (number === 0 || isSupportedElementType(number)) continue;
    throw errors.ONNX_TYPE_UNSUPPORTED({ role, name, type: elementTypeName(number) });
  }
}

function elementTypes(type: OnnxType | undefined): number[] {
  if (!type) return [];
  const { tensor, sparse, sequence, map, optional } = type;
  return [
    ...[tensor, sparse].flatMap((each) => (each ? [each.elementType] : [])),
    ...elementTypes(sequence?.element),
    ...elementTypes(map?.value),
    ...elementTypes(optional?.element),
  ];
}

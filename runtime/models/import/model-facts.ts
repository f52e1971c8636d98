import type { OnnxGraph } from '../../onnx-format/index.ts';

/** Numbers that were learnt: those of the constants, and of the operators of ai.onnx.ml, which keep them as attributes. */
export function countParameters({ nodes, initializers }: OnnxGraph): number {
  const constants = initializers.reduce((sum, { dims }) => sum + dims.reduce((product, size) => product * size, 1), 0);
  const attributes = nodes.flatMap((node) => node.attributes.map(({ floats }) => floats.length));
  return attributes.reduce((sum, count) => sum + count, constants);
}

/** How often each operator occurs, most often first. */
export function operatorsOf({ nodes }: OnnxGraph): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { op } of nodes) counts.set(op, (counts.get(op) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

import { build, type OnnxNode, readOnnx, writeOnnx } from '../../onnx-format/index.ts';
import type { Fitted } from '../fit/trainer.ts';
import { applyScaling, FLOOR, type Scaling } from './scaling.ts';

/** A classifier that answers calibrated probabilities, in its arithmetic and in its graph. */
export function withScaling(fitted: Fitted, scaling: Scaling): Fitted {
  const classes = scaling.weights.length;
  return {
    ...fitted,
    predict: (values, rows) => applyScaling(scaling, fitted.predict(values, rows), classes),
    onnx: () => appendScaling(fitted, scaling),
    words: `${fitted.words}, calibrated`,
  };
}

/** Softmax(weights × Log(p) + biases) behind the graph; the label is that of the highest. */
function appendScaling(fitted: Fitted, { weights, biases }: Scaling): Uint8Array {
  const label = fitted.outputs.find(({ role }) => role === 'label')?.name;
  const scores = fitted.outputs.find(({ role }) => role === 'scores')?.name ?? '';
  const model = readOnnx(fitted.onnx());
  const { graph } = model;
  const renamed = (name: string) => (name === scores || name === label ? `uncalibrated_${name}` : name);
  const nodes: OnnxNode[] = graph.nodes.map((node) => ({
    ...node,
    // ONNX Runtime wants names of nodes to differ.
    name: renamed(node.name),
    inputs: node.inputs.map(renamed),
    outputs: node.outputs.map(renamed),
  }));
  const raw = renamed(scores);
  const { floatTensor, node } = build;
  const added = [
    node('Max', [raw, 'calibration_floor'], ['calibration_floored']),
    node('Log', ['calibration_floored'], ['calibration_logs']),
    node('Mul', ['calibration_logs', 'calibration_weights'], ['calibration_weighted']),
    node('Add', ['calibration_weighted', 'calibration_biases'], ['calibration_logits']),
    node('Softmax', ['calibration_logits'], [scores], { axis: -1n }),
    ...(label === undefined ? [] : [node('ArgMax', [scores], [label], { axis: -1n, keepdims: 0n })]),
  ];
  return writeOnnx({
    ...model,
    graph: {
      ...graph,
      nodes: [...used(nodes, new Set([raw])), ...added],
      initializers: [
        ...graph.initializers,
        floatTensor('calibration_floor', [1], [FLOOR]),
        floatTensor('calibration_weights', [weights.length], weights),
        floatTensor('calibration_biases', [biases.length], biases),
      ],
    },
  });
}

/** The nodes that what is wanted needs: the label of before is nobody's any more. */
function used(nodes: readonly OnnxNode[], wanted: Set<string>): readonly OnnxNode[] {
  const kept: OnnxNode[] = [];
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some((output) => wanted.has(output))) continue;
    node.inputs.forEach((input) => wanted.add(input));
    kept.unshift(node);
  }
  return kept;
}

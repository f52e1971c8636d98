import type { OnnxGraph } from '../../../onnx-format/index.ts';
import { type FoundLabels, isClassifier } from '../find-labels.ts';
import { attributeOf } from '../graph-walk.ts';
import { isNumeric, isSingle, isWhole, type Out, type ProposedTask, withRole, withRoles } from './output-facts.ts';

/** A label and one score, as scikit-learn's detectors answer: nothing else gives a whole number without labels. */
export function asAnomaly(
  graph: OnnxGraph,
  outs: readonly Out[],
  found: FoundLabels | undefined,
  forced: boolean,
): ProposedTask | undefined {
  const label = outs.find((out) => isWhole(out) && isSingle(out));
  const score = outs.find((out) => isNumeric(out) && isSingle(out));
  if (!label || !score) return undefined;
  const oneClass = graph.nodes.some((node) => node.op === 'SVMRegressor' && attributeOf(node, 'one_class')?.i === 1n);
  const classifies =
    found !== undefined || graph.nodes.some(({ op }) => isClassifier(op)) || ['Softmax', 'Sigmoid'].includes(score.op);
  const likely = oneClass || (outs.length === 2 && !classifies && score.width === 1);
  if (!likely && !forced) return undefined;
  const outputs = withRoles(
    outs,
    new Map([
      [label, withRole(label, 'label')],
      [score, withRole(score, 'score')],
    ]),
  );
  return {
    task: 'anomaly',
    because: `It answers a whole number ("${label.name}") and one score ("${score.name}"), and names no labels: so do detectors of anomalies, where -1 means anomalous.`,
    outputs,
    warnings: [],
  };
}

import type { OnnxGraph } from '../../../onnx-format/index.ts';
import { type FoundLabels, isClassifier } from '../find-labels.ts';
import { isNumeric, isSingle, isWhole, type Out, type ProposedTask, withRole, withRoles } from './output-facts.ts';

/** A score for each label, with or without the label itself; or the label alone. */
export function asClassification(
  graph: OnnxGraph,
  outs: readonly Out[],
  found: FoundLabels | undefined,
  forced: boolean,
): ProposedTask | undefined {
  const label = outs.find((out) => (out.type === 'string' || isWhole(out)) && isSingle(out));
  const scores = scoresAmong(outs);
  if (!scores) return label && found ? labelAlone(outs, label, found) : undefined;
  const because = reason(graph, label, scores, found) ?? (forced ? '' : undefined);
  if (because === undefined) return undefined;
  const { width, name, op } = scores;
  const activation = isRaw(scores, label) ? (width === 1 ? 'sigmoid' : 'softmax') : undefined;
  const warning = `Nothing in the file says that "${name}" are between 0 and 1: ${activation ?? ''} is applied. Choose none if they are.`;
  const classes = width === 1 ? 2 : (width ?? found?.labels.length);
  const roles = new Map([[scores, withRole(scores, 'scores', activation)]]);
  if (label) roles.set(label, withRole(label, 'label'));
  return {
    task: 'classification',
    because,
    outputs: withRoles(outs, roles),
    ...(classes !== undefined && { classes }),
    warnings: activation && op !== 'LogSoftmax' ? [warning] : [],
  };
}

function scoresAmong(outs: readonly Out[]): Out | undefined {
  const rows = outs.filter((out) => isNumeric(out) && out.shape?.length !== 0 && (out.shape?.length ?? 2) <= 2);
  return rows.find(({ width, op }) => isClassifier(op) || width === undefined || width > 1) ?? rows[0];
}

function labelAlone(outs: readonly Out[], label: Out, found: FoundLabels): ProposedTask {
  return {
    task: 'classification',
    because: `It answers a label ("${label.name}") and no scores.`,
    outputs: withRoles(outs, new Map([[label, withRole(label, 'label')]])),
    classes: found.labels.length,
    warnings: ['It gives no scores: every answer counts as certain.'],
  };
}

/** Why it classifies, in plain words; nothing where nothing says that it does. */
function reason(
  graph: OnnxGraph,
  label: Out | undefined,
  scores: Out,
  found: FoundLabels | undefined,
): string | undefined {
  const { width, op, post, name } = scores;
  const single = width === 1;
  const classifier = graph.nodes.find((node) => isClassifier(node.op));
  if (classifier) return `It holds a classifier (${classifier.op})${label ? ' and answers a label and scores' : ''}.`;
  if (label) return `It answers a label ("${label.name}") and ${single ? 'a score' : 'scores'} ("${name}").`;
  if (isSquashed(scores) || op === 'LogSoftmax') {
    const step = SQUASHING.has(op) || op === 'LogSoftmax' ? op : `${op} with ${post.toLowerCase()}`;
    return `Its last step (${step}) makes scores${single ? ': how likely the second label is' : ', one a label'}.`;
  }
  const count = found?.labels.length;
  if (count === undefined || !(width === undefined || width === count || (single && count === 2))) return undefined;
  return `The file names ${count} labels and it answers ${single ? 'one value' : `${width ?? 'as many'} values`}.`;
}

const SQUASHING = new Set(['Softmax', 'Sigmoid']);
const isSquashed = ({ op, post }: Out) => SQUASHING.has(op) || post === 'LOGISTIC' || post === 'SOFTMAX';

/** What ensembles and calibrated classifiers end with: what they scale adds up to 1. */
const SCALED = new Set(['Normalizer', 'Div', 'Clip', 'ReduceMean', 'Mean']);

/** Whether the scores may be any numbers. A model that names its label says how they are meant. */
function isRaw(scores: Out, label: Out | undefined): boolean {
  const { op, post } = scores;
  if (op === 'LogSoftmax') return true;
  if (op === 'LinearClassifier') return post === 'NONE' || post === '';
  return !isSquashed(scores) && !label && !isClassifier(op) && !SCALED.has(op);
}

import type { OnnxGraph } from '../../onnx-format/index.ts';
import type { ModelOutput, Task } from '../package/index.ts';
import { errors } from './errors.ts';
import type { FoundLabels } from './find-labels.ts';
import { isClassifier } from './find-labels.ts';
import { attributeOf, makerOf, tensorPlace, type TensorPlace, textOf } from './graph-walk.ts';

export interface ProposedTask {
  readonly task: Task;
  /** Why, in plain words. */
  readonly because: string;
  readonly outputs: readonly ModelOutput[];
  /** How many labels the scores are of, where that is known. */
  readonly classes?: number;
  readonly warnings: readonly string[];
}

interface Out extends TensorPlace {
  /** The operator that calculates it. */
  readonly op: string;
  /** Values a row, where that is known. */
  readonly width: number | undefined;
  readonly post: string;
}

const INTEGERS = new Set(['int64', 'int32', 'int8', 'uint8', 'bool']);
const isLabel = ({ type, width }: Out) =>
  (type === 'string' || INTEGERS.has(type)) && (width === undefined || width === 1);
const isNumeric = ({ type }: Out) => type.startsWith('float');
/** What ensembles and calibrated classifiers end with, beyond their sums. */
const SCALED = new Set(['Normalizer', 'Div', 'Clip', 'ReduceMean', 'Mean']);
const REGRESSORS = new Set(['TreeEnsembleRegressor', 'LinearRegressor', 'SVMRegressor']);

/**
 * What the model is for, from its outputs and the operators that make them.
 *
 * @param wanted the task that the user has chosen
 * @throws IMPORT_TASK_UNFIT if the outputs do not allow what was chosen
 */
export function proposeTask(graph: OnnxGraph, found: FoundLabels | undefined, wanted: Task | undefined): ProposedTask {
  const outs = graph.outputs.flatMap((output) => {
    const place = tensorPlace(output);
    return place ? [described(graph, place)] : [];
  });
  const proposals = [
    asAnomaly(graph, outs, found, wanted === 'anomaly'),
    asClassification(graph, outs, found, wanted === 'classification'),
    asRegression(outs, wanted === 'regression'),
    asMultiOutput(outs),
  ];
  const chosen = proposals.find((each) => each && (wanted === undefined || each.task === wanted));
  if (chosen) return wanted === undefined ? chosen : { ...chosen, because: 'You chose it.' };
  throw errors.IMPORT_TASK_UNFIT({
    task: wanted ?? 'any task',
    needs: NEEDS[wanted ?? 'multi-output'],
    outputs:
      outs.map(({ name, type, shape }) => `"${name}" (${type} [${shape?.join(', ') ?? '?'}])`).join(' and ') ||
      'nothing that can be read',
  });
}

const NEEDS: Record<Task, string> = {
  classification: 'an output with a score for each label',
  regression: 'an output with one number',
  anomaly: 'a label (-1 or 1) and a score',
  'multi-output': 'at least one tensor',
};

function described(graph: OnnxGraph, place: TensorPlace): Out {
  const maker = makerOf(graph, place.name);
  const { shape } = place;
  const last = shape?.at(-1);
  const width = shape && shape.length < 2 ? 1 : typeof last === 'number' && shape?.length === 2 ? last : undefined;
  const post = maker ? textOf(maker, 'post_transform') : '';
  const { op = '' } = maker ?? {};
  const targets =
    maker && op.endsWith('Regressor')
      ? Number(attributeOf(maker, op.startsWith('Linear') ? 'targets' : 'n_targets')?.i ?? 1n)
      : undefined;
  return { ...place, op, post, width: width ?? targets };
}

const withRole = (
  { name, type, shape }: Out,
  role: ModelOutput['role'],
  activation?: 'softmax' | 'sigmoid',
): ModelOutput => ({
  name,
  type,
  shape: shape ?? [],
  role,
  ...(activation && { activation }),
});

const roles = (outs: readonly Out[], of: ReadonlyMap<Out, ModelOutput>) =>
  outs.map((out) => of.get(out) ?? withRole(out, 'other'));

function asAnomaly(
  graph: OnnxGraph,
  outs: readonly Out[],
  found: FoundLabels | undefined,
  forced: boolean,
): ProposedTask | undefined {
  const label = outs.find((out) => INTEGERS.has(out.type) && (out.width === undefined || out.width === 1));
  const score = outs.find((out) => isNumeric(out) && (out.width === undefined || out.width === 1));
  if (!label || !score) return undefined;
  const oneClass = graph.nodes.some((node) => node.op === 'SVMRegressor' && attributeOf(node, 'one_class')?.i === 1n);
  const classifies =
    found !== undefined || graph.nodes.some(({ op }) => isClassifier(op)) || ['Softmax', 'Sigmoid'].includes(score.op);
  const likely = oneClass || (outs.length === 2 && !classifies && score.width === 1);
  if (!likely && !forced) return undefined;
  const outputs = roles(
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

function asClassification(
  graph: OnnxGraph,
  outs: readonly Out[],
  found: FoundLabels | undefined,
  forced: boolean,
): ProposedTask | undefined {
  const label = outs.find(isLabel);
  const scores =
    outs.filter(isNumeric).find(({ width, op }) => isClassifier(op) || width === undefined || width > 1) ??
    outs.find(isNumeric);
  if (!scores || scores.shape?.length === 0 || (scores.shape?.length ?? 2) > 2) return undefined;
  const { op, post, width } = scores;
  const classifier = graph.nodes.find((node) => isClassifier(node.op));
  const squashed = op === 'Softmax' || op === 'Sigmoid' || post === 'LOGISTIC' || post === 'SOFTMAX';
  const labelled =
    found !== undefined &&
    (width === undefined || width === found.labels.length || (width === 1 && found.labels.length === 2));
  const because = classifier
    ? `It holds a classifier (${classifier.op})${label ? ' and answers a label and scores' : ''}.`
    : label
      ? `It answers a label ("${label.name}") and ${width === 1 ? 'a score' : 'scores'} ("${scores.name}").`
      : squashed
        ? `Its last step (${op === 'Softmax' || op === 'Sigmoid' ? op : `${op} with ${post.toLowerCase()}`}) makes scores between 0 and 1${width === 1 ? ': how likely the second label is' : ', one a label'}.`
        : labelled
          ? `The file names ${found.labels.length} labels and it answers ${width === 1 ? 'one value' : `${width ?? 'as many'} values`}.`
          : undefined;
  if (because === undefined && !forced) return undefined;
  if (label === undefined && !classifier && !squashed && !labelled && !forced) return undefined;
  // Logits: any number. A classifier of ai.onnx.ml and a model that names its label say how they are meant.
  const logSoftmax = op === 'LogSoftmax';
  const raw =
    logSoftmax ||
    (op === 'LinearClassifier' && (post === 'NONE' || post === '')) ||
    (!squashed && !label && !isClassifier(op) && !SCALED.has(op));
  const activation = raw ? (width === 1 ? 'sigmoid' : 'softmax') : undefined;
  const warnings =
    raw && !logSoftmax
      ? [
          `Nothing in the file says that "${scores.name}" are between 0 and 1: ${activation} is applied. Choose none if they are.`,
        ]
      : [];
  const classes = width === 1 ? 2 : (width ?? found?.labels.length);
  const map = new Map([[scores, withRole(scores, 'scores', activation)]]);
  if (label) map.set(label, withRole(label, 'label'));
  return {
    task: 'classification',
    because: because ?? '',
    outputs: roles(outs, map),
    ...(classes !== undefined && { classes }),
    warnings,
  };
}

function asRegression(outs: readonly Out[], forced: boolean): ProposedTask | undefined {
  const [value] = forced ? outs.filter((out) => isNumeric(out) && (out.width ?? 1) === 1) : outs;
  if (
    !value ||
    (!forced && outs.length > 1) ||
    !isNumeric(value) ||
    (value.width !== 1 && !(forced && value.width === undefined))
  )
    return undefined;
  const because = REGRESSORS.has(value.op)
    ? `It holds a regressor (${value.op}) and answers one number.`
    : `It answers one number ("${value.name}") that nothing limits to between 0 and 1.`;
  return {
    task: 'regression',
    because,
    outputs: roles(outs, new Map([[value, withRole(value, 'value')]])),
    warnings: [],
  };
}

function asMultiOutput(outs: readonly Out[]): ProposedTask | undefined {
  const [first] = outs;
  if (!first) return undefined;
  const because =
    outs.length > 1
      ? `It gives ${outs.length} outputs, which are neither a label with scores nor one number.`
      : `It gives ${first.width === undefined ? 'several' : first.width} values ("${first.name}"), and nothing says that they are scores of labels.`;
  return { task: 'multi-output', because, outputs: outs.map((out) => withRole(out, 'other')), warnings: [] };
}

import type { ImportChoices } from '../../messages/index.ts';
import type { OnnxModel } from '../../onnx-format/index.ts';
import type { ModelInput, ModelOutput, Task } from '../package/index.ts';
import { applyInputs, applyOutputs } from './apply-choices.ts';
import { chooseLabels } from './choose-labels.ts';
import { errors } from './errors.ts';
import { findLabels } from './find-labels.ts';
import { proposeInputs } from './propose-inputs.ts';
import { proposeTask } from './propose-task.ts';

/** What Millrace makes of a model: what its model.json will say. */
export interface Proposed {
  readonly task: Task;
  readonly because: string;
  readonly inputs: readonly ModelInput[];
  readonly outputs: readonly ModelOutput[];
  readonly labels?: readonly string[];
  readonly labelsFrom?: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

/**
 * Proposes task, inputs, outputs and labels, and lets the user's choices have the last word.
 *
 * @param zipMap the labels of a map that was dropped
 * @throws IMPORT_… where a choice contradicts the file
 */
export function propose(model: OnnxModel, zipMap: readonly string[] | undefined, choices: ImportChoices): Proposed {
  const { graph } = model;
  const metadata = Object.fromEntries(model.metadata.map(({ key, value }) => [key, value]));
  const found = findLabels(graph, metadata, zipMap);
  const task = proposeTask(graph, found, choices.task);
  const proposed = proposeInputs(graph, metadata);
  if (proposed.inputs.length === 0) throw errors.IMPORT_NO_INPUT({ model: graph.name });
  const labels = labelsFor(task, found, choices);
  const renamed = choices.labels !== undefined && found !== undefined && !sameList(choices.labels, found.labels);
  const outputs = task.outputs.map((output): ModelOutput => {
    // The model would answer its own labels, which have other names now: the scores say which is meant.
    const own = renamed && output.role === 'label' && (output.type === 'string' || !counts(found.labels));
    return own ? { ...output, role: 'other' } : output;
  });
  return {
    task: task.task,
    because: task.because,
    inputs: applyInputs(proposed.inputs, choices.inputs),
    outputs: applyOutputs(outputs, choices.outputs),
    ...(labels && { labels: labels.labels, labelsFrom: labels.from }),
    metadata,
    warnings: [...proposed.warnings, ...task.warnings],
  };
}

function labelsFor(
  { task, classes, outputs }: ReturnType<typeof proposeTask>,
  found: ReturnType<typeof findLabels>,
  { labels }: ImportChoices,
) {
  if (task === 'classification') return chooseLabels(labels, found, classes);
  // Names of the columns of its one output.
  const width = outputs.length === 1 ? outputs[0]?.shape.at(-1) : undefined;
  if (task === 'multi-output' && (labels ?? found))
    return chooseLabels(labels, found, typeof width === 'number' ? width : undefined);
  if (labels) throw errors.IMPORT_LABELS_COUNT({ expected: 0, got: labels.length, labels });
  return undefined;
}

const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((each, i) => each === b[i]);
const counts = (labels: readonly string[]) => labels.every((label, i) => label === String(i));

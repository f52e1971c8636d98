import type { OnnxGraph } from '../../onnx-format/index.ts';
import type { Task } from '../package/index.ts';
import { errors } from './errors.ts';
import type { FoundLabels } from './find-labels.ts';
import { tensorPlace } from './graph-walk.ts';
import { asAnomaly } from './tasks/anomaly.ts';
import { asClassification } from './tasks/classification.ts';
import { asMultiOutput } from './tasks/multi-output.ts';
import { outputFacts, type ProposedTask } from './tasks/output-facts.ts';
import { asRegression } from './tasks/regression.ts';

/**
 * What the model is for, from its outputs and the operators that make them.
 *
 * @param wanted the task that the user has chosen
 * @throws IMPORT_TASK_UNFIT if the outputs do not allow what was chosen
 */
export function proposeTask(graph: OnnxGraph, found: FoundLabels | undefined, wanted: Task | undefined): ProposedTask {
  const outs = graph.outputs.flatMap((output) => {
    const place = tensorPlace(output);
    return place ? [outputFacts(graph, place)] : [];
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

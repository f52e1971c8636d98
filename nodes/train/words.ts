import { reportWords, shortQuality, type TrainingState } from '../../runtime/messages/index.ts';
import type { NodeContext } from '../../runtime/node-red/index.ts';

type Told = Pick<NodeContext<unknown>, 'status' | 'show'>;

/** Says at the node and in the sidebar how a training goes. */
export function tell({ status, show }: Told, state: TrainingState): void {
  const { id, dataSet, model, progress, step, report } = state;
  if (state.state === 'running') status('active', 'running', { percent: Math.round(progress * 100) });
  else if (state.state === 'waiting') status('waiting', 'waiting');
  else if (state.state === 'cancelled') status('off', 'cancelled');
  else if (report) status('ok', 'done', { quality: shortQuality(report.evaluation) });
  show({
    ...{ kind: 'training', dataSet, model, training: id, state: state.state, progress, step },
    ...(report && { version: report.model.version, result: reportWords(report) }),
  });
}

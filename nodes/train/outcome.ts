import { qualityFigures, reportWords, type TrainingReport } from '../../runtime/messages/index.ts';
import type { NodeMessage } from '../../runtime/node-red/index.ts';

/** What leaves the node when a training is done. */
export function outcomeOf(report: TrainingReport): NodeMessage {
  const { model, evaluation, dataSet, trainer, seconds } = report;
  const figures = { words: reportWords(report), ...qualityFigures(evaluation), rows: evaluation.rows };
  return { payload: { ...figures, trainer: trainer.name, seconds, dataSet: dataSet.name }, model, report };
}

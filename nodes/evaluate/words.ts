import { type EvaluationReport, qualityFigures, qualityWords, shortQuality } from '../../runtime/messages/index.ts';
import type { NodeContext, NodeMessage } from '../../runtime/node-red/index.ts';

type Told = Pick<NodeContext<unknown>, 'status' | 'show'>;

/** Says at the node and in the sidebar how good a model is. @param waiting predictions whose truth has not come */
export function tell({ status, show }: Told, report: EvaluationReport, waiting: number): void {
  const { model, dataSet, evaluation, challenger } = report;
  const live = dataSet === '';
  const { rows, classification } = evaluation;
  const quality = shortQuality(evaluation);
  if (live && classification) {
    status('ok', 'live', { percent: quality.replace(/ right$/, ''), rows });
  } else status('ok', 'done', { quality });
  show({
    ...{
      kind: 'evaluation',
      model,
      dataSet,
      rows,
      waiting,
      result: qualityWords(evaluation, live ? 'stream' : 'examples'),
    },
    ...(classification && { labels: classification.labels, confusion: classification.confusion }),
    ...(challenger && {
      verdict: `${challenger.model.name} ${challenger.model.version}: ${challenger.comparison.words}`,
    }),
  });
}

/** What leaves the node. */
export function outcomeOf(report: EvaluationReport): NodeMessage {
  const { model, dataSet, evaluation, challenger } = report;
  const words = qualityWords(evaluation, dataSet === '' ? 'stream' : 'examples');
  const verdict = challenger && { verdict: challenger.comparison.verdict, compared: challenger.comparison.words };
  const payload = { words, ...qualityFigures(evaluation), rows: evaluation.rows, ...verdict };
  return { payload: { ...payload, ...(dataSet !== '' && { dataSet }) }, model, evaluation: report };
}

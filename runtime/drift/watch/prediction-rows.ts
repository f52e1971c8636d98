import type { PredictionPayload } from '../../messages/index.ts';
import type { ReferenceRows } from '../types.ts';
import { type Columns, createColumns } from './columns.ts';

/** An answer as features: its label and how sure it is, its value, or its score. */
export function predictionValues(prediction: PredictionPayload): Readonly<Record<string, unknown>> {
  if ('label' in prediction) return { label: prediction.label, confidence: prediction.confidence };
  if ('score' in prediction) return { score: prediction.score, anomalous: prediction.anomalous };
  if ('value' in prediction) return { value: prediction.value };
  return {};
}

/** Columns of the answers of one model. @param labels that it knows */
export function predictionColumns(first: PredictionPayload, labels: readonly string[] = []): Columns {
  const names = Object.keys(predictionValues(first));
  const categories = { label: [...labels], anomalous: ['false', 'true'] };
  const own = Object.entries(categories).filter(([name]) => names.includes(name));
  return createColumns({ names, categories: Object.fromEntries(own), complete: false });
}

/** What a model answers when all is well. */
export function predictionReference(columns: Columns, answers: readonly PredictionPayload[]): ReferenceRows {
  const rows = answers.map((answer) => {
    const row = new Float64Array(columns.names.length);
    columns.read(predictionValues(answer), row);
    return row;
  });
  return { names: columns.names, rows, categories: columns.categories };
}

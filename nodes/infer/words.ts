import type { PredictionPayload, PredictionView } from '../../runtime/messages/index.ts';

/** The status that says a prediction: a key of locale.json and what it needs. */
export function wordsFor(payload: PredictionPayload): [key: string, values: Record<string, string | number>] {
  if ('label' in payload) return ['label', { label: payload.label, percent: Math.round(payload.confidence * 100) }];
  if ('score' in payload) return [payload.anomalous ? 'anomalous' : 'normal', { score: payload.score.toPrecision(3) }];
  if ('value' in payload) return ['value', { value: payload.value.toPrecision(4) }];
  return ['outputs', { count: Object.keys(payload.outputs).length }];
}

/** What of a prediction the sidebar draws. */
export function picture(payload: PredictionPayload): Pick<PredictionView, 'classification' | 'value'> {
  if ('label' in payload) return { classification: payload };
  if ('score' in payload) return { value: payload.score };
  return 'value' in payload ? { value: payload.value } : {};
}

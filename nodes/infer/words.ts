import type { PredictionPayload, PredictionView } from '../../runtime/messages/index.ts';

type Payload = PredictionPayload | readonly PredictionPayload[];

const isBatch = (payload: Payload): payload is readonly PredictionPayload[] => Array.isArray(payload);

/** The status that says a prediction: a key of locale.json and what it needs. */
export function wordsFor(payload: Payload): [key: string, values: Record<string, string | number>] {
  if (isBatch(payload)) return ['batch', { count: payload.length }];
  if ('label' in payload) return ['label', { label: payload.label, percent: Math.round(payload.confidence * 100) }];
  if ('score' in payload) return [payload.anomalous ? 'anomalous' : 'normal', { score: payload.score.toPrecision(3) }];
  if ('value' in payload) return ['value', { value: payload.value.toPrecision(4) }];
  return ['outputs', { count: Object.keys(payload.outputs).length }];
}

/** What of a prediction the sidebar draws. */
export function picture(payload: Payload): Pick<PredictionView, 'classification' | 'value' | 'outputs' | 'rows'> {
  // Of a batch the last, which is the newest where it is in the order of time.
  if (isBatch(payload))
    return { rows: payload.length, ...(payload.at(-1) && picture(payload.at(-1) as PredictionPayload)) };
  if ('label' in payload) return { classification: payload };
  if ('score' in payload) return { value: payload.score };
  return 'value' in payload ? { value: payload.value } : { outputs: Object.keys(payload.outputs).length };
}

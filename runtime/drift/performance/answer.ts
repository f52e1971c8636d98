import type { PredictionPayload, TruthLabel } from '../../messages/index.ts';

/** What of an answer its truth is held against: short, because many wait. */
export type Answer =
  | { readonly label: string; readonly confidence: number }
  | { readonly anomalous: boolean }
  | { readonly value: number };

/** How wrong an answer was: 0 or 1, or by how much. */
export interface Judged {
  readonly of: 'answers' | 'values';
  readonly error: number;
}

/** @returns undefined of answers with several outputs, and of what is no number: nobody could say how right they are */
export function answerOf(prediction: PredictionPayload): Answer | undefined {
  if ('label' in prediction) return { label: prediction.label, confidence: prediction.confidence };
  if ('anomalous' in prediction) return { anomalous: prediction.anomalous };
  return 'value' in prediction && Number.isFinite(prediction.value) ? { value: prediction.value } : undefined;
}

/** What people call a state in which nothing is wrong. */
const NORMAL = /^(normal|healthy|ok|okay|good|well|fine|nominal|benign|inlier|no|false|0)$/i;

/** @returns undefined where the two do not go together: a number is wanted, and the truth is none */
export function judge(answer: Answer, truth: TruthLabel): Judged | undefined {
  const said = String(truth).trim();
  if ('label' in answer) return { of: 'answers', error: Number(said !== answer.label) };
  if ('anomalous' in answer) return { of: 'answers', error: Number(NORMAL.test(said) === answer.anomalous) };
  const error = said === '' ? NaN : Math.abs(answer.value - Number(said));
  return Number.isFinite(error) ? { of: 'values', error } : undefined;
}

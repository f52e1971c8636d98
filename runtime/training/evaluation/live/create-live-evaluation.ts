import {
  type EvaluationReport,
  type ModelIdentity,
  type PredictionPayload,
  predictionPayload,
  type TruthLabel,
} from '../../../messages/index.ts';
import { errors } from '../../errors.ts';
import { evaluateAnswers } from '../evaluate-answers.ts';
import { answeredOf, type Pair, pairOf } from './pairs.ts';
import type { LiveEvaluation, LiveOptions } from './types.ts';

/** Joins predictions with their truths by the message's id, whichever comes first. */
export function createLiveEvaluation({ waiting: room = 10_000, kept = 10_000 }: LiveOptions = {}): LiveEvaluation {
  const predictions = new Map<string, PredictionPayload>();
  const truths = new Map<string, TruthLabel>();
  let pairs: Pair[] = [];
  let first = 1;
  let model: ModelIdentity | undefined;
  let forgotten = 0;
  let joined = 0;

  const keep = <T>(held: Map<string, T>, id: string, value: T) => {
    held.delete(id);
    held.set(id, value);
    if (held.size <= room) return;
    held.delete(held.keys().next().value as string);
    forgotten++;
  };
  const join = (prediction: PredictionPayload, truth: TruthLabel) => {
    const pair = pairOf(prediction, truth);
    joined++;
    // A version answers to one task; one that was made anew under the same digest does not exist.
    pairs.push(pair);
    // In pieces, so that a long stream is not moved with every pair.
    if (pairs.length >= 2 * kept) {
      first += pairs.length - kept;
      pairs = pairs.slice(-kept);
    }
  };
  const newest = () => pairs.slice(-kept);
  const reset = () => {
    predictions.clear();
    pairs = [];
    first = 1;
  };

  return {
    predicted(id, prediction, by, truth) {
      const parsed = predictionPayload.safeParse(prediction);
      if (!parsed.success) throw errors.TRUTH_INVALID({ truth: truth ?? '', prediction: 'no prediction' });
      if (by.digest !== model?.digest) {
        reset();
        model = by;
      }
      const known = truth ?? (id === undefined ? undefined : truths.get(id));
      if (known === undefined) return keep(predictions, idOf(id, 'the prediction'), parsed.data);
      if (id !== undefined) truths.delete(id);
      join(parsed.data, known);
    },
    truth(id, truth) {
      const own = idOf(id, `the truth "${truth}"`);
      const prediction = predictions.get(own);
      if (prediction === undefined) return keep(truths, own, truth);
      predictions.delete(own);
      join(prediction, truth);
    },
    get model() {
      return model;
    },
    get pairs() {
      return Math.min(pairs.length, kept);
    },
    get joined() {
      return joined;
    },
    get waiting() {
      return predictions.size;
    },
    get forgotten() {
      return forgotten;
    },
    report(time): EvaluationReport | undefined {
      const looked = newest();
      if (!model || looked.length === 0) return undefined;
      const evaluation = evaluateAnswers(answeredOf(looked, first + pairs.length - looked.length));
      const words = `the newest ${looked.length} predictions whose truth is known`;
      return { model, dataSet: '', words, evaluation, time };
    },
    reset() {
      reset();
      truths.clear();
    },
  };
}

function idOf(id: string | undefined, what: string): string {
  if (id === undefined) throw errors.TRUTH_WITHOUT_ID({ what });
  return id;
}

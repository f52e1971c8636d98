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

  const keep = <T>(held: Map<string, T>, id: string, value: T) => {
    held.delete(id);
    held.set(id, value);
    if (held.size <= room) return;
    held.delete(held.keys().next().value as string);
    forgotten++;
  };
  const join = (prediction: PredictionPayload, truth: TruthLabel) => {
    const pair = pairOf(prediction, truth);
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
      const known = truth ?? truths.get(id);
      if (known === undefined) return keep(predictions, id, parsed.data);
      truths.delete(id);
      join(parsed.data, known);
    },
    truth(id, truth) {
      const prediction = predictions.get(id);
      if (prediction === undefined) return keep(truths, id, truth);
      predictions.delete(id);
      join(prediction, truth);
    },
    get model() {
      return model;
    },
    get pairs() {
      return Math.min(pairs.length, kept);
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

import { type Clock, counter, defineLimit } from '../base/index.ts';
import type { PredictionPayload } from '../messages/index.ts';
import { recipeDigest } from '../signal/index.ts';
import { joinRows } from './batching/rows.ts';
import { errors } from './errors.ts';
import { explain } from './explain/explain.ts';
import { createReader } from './inputs/create-reader.ts';
import type { ReadInput } from './inputs/types.ts';
import type { OpenModel } from './open-model.ts';
import { toPredictions } from './outputs/to-predictions.ts';
import { toTensors } from './outputs/to-tensors.ts';
import type { Prediction, Predictor, PredictorOptions } from './predictor.ts';
import type { Job } from './running-model.ts';
import type { Tensors } from './tiers/tier.ts';
import { createWaitingLine } from './waiting-line.ts';

export const queueLimit = defineLimit(
  'inference_queue_requests',
  256,
  'Predictions refused or dropped because too many waited',
);
const predictions = counter('millrace_predictions_total', 'Predictions answered');

/**
 * One user's hold on an open model.
 *
 * @param release called once, after the last answer
 */
export function createPredictor(
  clock: Clock,
  { pkg, running }: OpenModel,
  options: PredictorOptions,
  release: () => Promise<void>,
): Predictor {
  const { manifest, digest } = pkg;
  const { name, version, recipe } = manifest;
  const { policy = 'refuse', raw = false } = options;
  const digestOfRecipe = recipe && recipeDigest(recipe);
  const reader = createReader(manifest);
  let dropped = 0;
  const countDropped = () => {
    dropped++;
    queueLimit.cost();
  };
  const line = createWaitingLine(options.queueLimit ?? queueLimit.value, policy, countDropped);
  const labels = { model: name };
  const pending = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  const predicted = ({ rows, batch }: ReadInput, answers: Tensors): Prediction['payload'] => {
    const payloads = toPredictions(manifest, answers, rows);
    return batch ? payloads : (payloads[0] as PredictionPayload);
  };

  const toPrediction = (read: ReadInput, answers: Tensors, asked: number): Prediction => {
    if (!options.uncounted) predictions.add(read.rows, labels);
    return {
      payload: raw ? { outputs: toTensors(answers) } : predicted(read, answers),
      features: read.features,
      latencyMs: clock.monotonic() - asked,
    };
  };

  const start = (read: ReadInput): Job => {
    const { singles } = read;
    if (!singles) return running.run(read.feeds, read.rows);
    const jobs = singles.map((feeds) => running.run(feeds, 1));
    return {
      answer: Promise.all(jobs.map(({ answer }) => answer)).then(joinRows),
      cancel: () => false,
    };
  };

  const later = async (read: ReadInput, asked: number): Promise<Prediction | undefined> => {
    const job = start(read);
    const answer = job.answer.then((answers) => toPrediction(read, answers, asked));
    pending.add(answer);
    try {
      return await line.add(job, answer);
    } finally {
      pending.delete(answer);
    }
  };

  const ask = (input: unknown): Prediction | Promise<Prediction | undefined> | 'full' => {
    if (closing) throw errors.INFERENCE_CLOSED({ model: name });
    const asked = clock.monotonic();
    const read = reader.read(input);
    if (line.length === 0 && read.rows <= running.rowsAtOnce && !read.singles) {
      return toPrediction(read, runNow(read.feeds), asked);
    }
    if (line.admit()) return later(read, asked);
    countDropped();
    return 'full';
  };

  const runNow = (feeds: Tensors): Tensors => {
    try {
      return running.now(feeds);
    } catch (thrown) {
      throw errors.MODEL_RUN_FAILED({ model: name, reason: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  };

  const full = () => errors.QUEUE_FULL({ model: name, waiting: line.length });

  const idle = async () => {
    while (pending.size > 0) await Promise.allSettled(pending);
  };

  return {
    model: { name, version, digest },
    featureNames: reader.featureNames,
    recipe: digestOfRecipe,
    tier: running.tier,
    why: running.why,
    microseconds: running.microseconds,
    get dropped() {
      return dropped;
    },
    ask(input) {
      const answer = ask(input);
      if (answer !== 'full') return answer;
      if (policy === 'refuse') throw full();
      return Promise.resolve(undefined);
    },
    async predict(input) {
      const answer = ask(input);
      const prediction = answer === 'full' ? undefined : await answer;
      if (prediction) return prediction;
      throw full();
    },
    async explain(input) {
      if (closing) throw errors.INFERENCE_CLOSED({ model: name });
      return await explain(pkg, running, reader.read(input), reader.featureNames);
    },
    doubt(made) {
      if (typeof made !== 'string' || digestOfRecipe === undefined || made === digestOfRecipe) return undefined;
      return errors.RECIPE_DIFFERS({ model: name, expected: digestOfRecipe, found: made });
    },
    close: () => (closing ??= idle().then(release)),
  };
}

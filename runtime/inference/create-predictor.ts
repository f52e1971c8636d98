import { type Clock, counter, defineLimit } from '../base/index.ts';
import { recipeDigest } from '../signal/index.ts';
import { errors } from './errors.ts';
import { toFeatures, windowReader } from './input.ts';
import type { OpenModel } from './open-model.ts';
import { toPrediction } from './output.ts';
import type { Prediction, Predictor } from './predictor.ts';
import { createRequestQueue } from './request-queue.ts';

export const queueLimit = defineLimit('inference_queue_requests', 256, 'Predictions refused because too many waited');
const predictions = counter('millrace_predictions_total', 'Predictions answered');

/**
 * One user's hold on an open model.
 *
 * @param limit   how many requests may wait
 * @param release called once, after the last answer
 */
export function createPredictor(
  clock: Clock,
  model: OpenModel,
  limit: number,
  release: () => Promise<void>,
): Predictor {
  const { manifest, digest } = model.pkg;
  const { name, version, recipe } = manifest;
  const digestOfRecipe = recipe && recipeDigest(recipe);
  const fromWindow = windowReader(recipe);
  const queue = createRequestQueue(limit);
  let closing: Promise<void> | undefined;

  const answer = async (input: unknown, asked: number): Promise<Prediction> => {
    const features = toFeatures(model.input, input, fromWindow);
    const answers = await model.session.run(model.feed(features));
    const payload = toPrediction(manifest, answers);
    predictions.add(1, { model: name });
    return {
      payload,
      features: Object.fromEntries(model.input.featureNames.map((feature, i) => [feature, features[i] ?? NaN])),
      latencyMs: clock.monotonic() - asked,
    };
  };

  return {
    model: { name, version, digest },
    featureNames: model.input.featureNames,
    recipe: digestOfRecipe,
    tier: model.tier,
    why: model.why,
    async predict(input) {
      if (closing) throw errors.INFERENCE_CLOSED({ model: name });
      const asked = clock.monotonic();
      const prediction = queue.ask(() => answer(input, asked));
      if (prediction) return await prediction;
      queueLimit.cost();
      throw errors.QUEUE_FULL({ model: name, waiting: queue.waiting });
    },
    doubt(made) {
      if (typeof made !== 'string' || digestOfRecipe === undefined || made === digestOfRecipe) return undefined;
      return errors.RECIPE_DIFFERS({ model: name, expected: digestOfRecipe, found: made });
    },
    close: () => (closing ??= queue.idle().then(release)),
  };
}

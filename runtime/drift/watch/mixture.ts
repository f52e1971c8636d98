import type { ModelIdentity } from '../../messages/index.ts';
import { errors } from '../errors.ts';

/** Tells a model that takes the place of another from models that answer by turns. */
export interface Mixture {
  /**
   * Takes note of which model a message is of.
   *
   * @param watched the model of the messages so far
   * @throws DRIFT_MODELS_MIXED if it is one whose place another has taken less than a window of messages ago
   */
  hear(model: ModelIdentity | undefined, watched: ModelIdentity | undefined): void;
}

/** @param window how many messages a model must have been silent for, until it may come back */
export function createMixture(window: number): Mixture {
  /** Digests of models whose place another has taken, with for how many messages each has been silent: under `window`. */
  const replaced = new Map<string, number>();
  let begun = false;
  return {
    hear(model, watched) {
      const digest = digestOf(model);
      for (const [other, silent] of replaced) {
        if (other === digest) continue;
        if (silent + 1 < window) replaced.set(other, silent + 1);
        else replaced.delete(other);
      }
      if (replaced.has(digest)) {
        replaced.set(digest, 0);
        throw errors.DRIFT_MODELS_MIXED({ refused: nameOf(model), watched: nameOf(watched) });
      }
      if (begun && digest !== digestOf(watched)) replaced.set(digestOf(watched), 1);
      begun = true;
    },
  };
}

const digestOf = (model: ModelIdentity | undefined) => model?.digest ?? '';
const nameOf = (model: ModelIdentity | undefined) =>
  model ? `the model "${model.name}" ${model.version}` : 'a stream that names no model';

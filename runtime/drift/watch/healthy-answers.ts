import type { PredictionPayload } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import type { DriftOptions } from '../create-drift.ts';

/** Models whose answers are remembered: a machine rarely watches more at once. */
const MODELS = 20;

/** What models answer to their own reference rows: each is asked once. */
export function createHealthyAnswers(predict: DriftOptions['predict']) {
  const known = new Map<string, Promise<readonly PredictionPayload[]>>();
  /** @returns undefined where there is nothing to ask */
  return (pkg: ModelPackage): (() => Promise<readonly PredictionPayload[]>) | undefined => {
    const { reference, digest } = pkg;
    if (!reference || !predict) return undefined;
    return () => {
      const found = known.get(digest);
      if (found) return found;
      const asked = predict(pkg, reference.rows);
      known.set(digest, asked);
      if (known.size > MODELS) known.delete(known.keys().next().value as string);
      // Asked again by the next one: what failed may have been the moment.
      asked.catch(() => known.delete(digest));
      return asked;
    };
  };
}

export type HealthyAnswers = ReturnType<typeof createHealthyAnswers>;

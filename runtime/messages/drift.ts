import { z } from 'zod';
import { modelIdentity } from './prediction.ts';
import { envelope } from './reading.ts';

/** How far one feature's recent values lie from the reference. */
export const featureDrift = z.object({
  name: z.string(),
  /** The statistic's standard name: `wasserstein`, `kolmogorov-smirnov`. */
  statistic: z.string(),
  value: z.number(),
  /** The calibrated value above which the feature drifts. */
  threshold: z.number(),
  drifting: z.boolean(),
});
export type FeatureDrift = z.infer<typeof featureDrift>;

export const driftPayload = z.object({
  kind: z.enum(['data', 'prediction', 'performance', 'fault']),
  state: z.enum(['start', 'change', 'end']),
  /** When it began, ms since the epoch. */
  since: z.number(),
  features: z.array(featureDrift),
  /** How many recent rows were compared. */
  samples: z.number().int(),
});
export type DriftPayload = z.infer<typeof driftPayload>;

export const driftMessage = envelope.extend({ payload: driftPayload, model: modelIdentity.optional() });
export type DriftMessage = z.infer<typeof driftMessage>;

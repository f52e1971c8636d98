import { z } from 'zod';
import { featuresPayload } from './features.ts';
import { envelope } from './reading.ts';

export const classification = z.object({
  label: z.string(),
  /** The score of `label`, 0 to 1. */
  confidence: z.number(),
  /** Score by label, in the model's order. */
  scores: z.record(z.string(), z.number()),
});
export type Classification = z.infer<typeof classification>;

export const regression = z.object({ value: z.number() });
export type Regression = z.infer<typeof regression>;

export const anomaly = z.object({ score: z.number(), anomalous: z.boolean() });
export type Anomaly = z.infer<typeof anomaly>;

export const multiOutput = z.object({ outputs: z.record(z.string(), z.unknown()) });
export type MultiOutput = z.infer<typeof multiOutput>;

export const predictionPayload = z.union([classification, anomaly, regression, multiOutput]);
export type PredictionPayload = z.infer<typeof predictionPayload>;

/** Which model answered. */
export const modelIdentity = z.object({ name: z.string(), version: z.string(), digest: z.string() });
export type ModelIdentity = z.infer<typeof modelIdentity>;

export const predictionMessage = envelope.extend({
  payload: predictionPayload,
  model: modelIdentity,
  features: featuresPayload.optional(),
  latencyMs: z.number(),
});
export type PredictionMessage = z.infer<typeof predictionMessage>;

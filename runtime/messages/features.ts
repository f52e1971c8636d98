import { z } from 'zod';
import { envelope } from './reading.ts';

/** Feature values by name, in recipe order. */
export const featuresPayload = z.record(z.string(), z.number());
export type FeaturesPayload = z.infer<typeof featuresPayload>;

/** `recipe` is the digest of the recipe that made the features. */
export const featuresMessage = envelope.extend({ payload: featuresPayload, recipe: z.string().optional() });
export type FeaturesMessage = z.infer<typeof featuresMessage>;

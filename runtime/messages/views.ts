/**
 * What the sidebar and the canvas show: summaries, at most ten a second a node, so that a fast stream never floods a
 * browser.
 */
import { z } from 'zod';
import { featureDrift } from './drift.ts';
import { classification, modelIdentity } from './prediction.ts';

const origin = {
  /** The node's id in the flow. */
  node: z.string(),
  /** Its name, or its type where it has none. */
  name: z.string(),
  type: z.string(),
  /** ms since the epoch */
  time: z.number(),
};

/**
 * The latest value of each channel and its range since the last view. `counts`: what became of the values since the start,
 * such as `{what: 'late', count: 3}`; the sidebar has the words.
 */
export const readingsView = z.object({
  ...origin,
  kind: z.literal('readings'),
  unit: z.string().optional(),
  channels: z.array(z.object({ name: z.string(), last: z.number(), min: z.number(), max: z.number() })),
  counts: z.array(z.object({ what: z.string(), count: z.number() })).optional(),
});

export const predictionView = z.object({
  ...origin,
  kind: z.literal('prediction'),
  model: modelIdentity,
  latencyMs: z.number(),
  classification: classification.optional(),
  /** Of a regression or an anomaly score. */
  value: z.number().optional(),
  /** How many outputs a model of several has. */
  outputs: z.number().optional(),
  /** Predictions that the last message held, where it held several. */
  rows: z.number().optional(),
  /** What runs the model, and why. */
  tier: z.string().optional(),
  why: z.string().optional(),
  /** Messages that were dropped because they came faster than they could be answered. */
  dropped: z.number().optional(),
  /** A candidate that is asked the same, and how it does. */
  shadow: z
    .object({
      model: modelIdentity,
      compared: z.number(),
      agreed: z.number(),
      failed: z.number(),
      problem: z.object({ code: z.string(), message: z.string(), hint: z.string(), title: z.string() }).optional(),
      confidence: z.object({ production: z.number(), candidate: z.number() }).optional(),
      difference: z.number().optional(),
      latencyMs: z.object({ production: z.number(), candidate: z.number() }),
    })
    .optional(),
});

export const driftView = z.object({
  ...origin,
  kind: z.literal('drift'),
  state: z.enum(['learning', 'calm', 'drifting']),
  /** Of the current state, ms since the epoch. */
  since: z.number(),
  samples: z.number(),
  /** How many rows are compared once the window is full. */
  window: z.number(),
  features: z.array(featureDrift),
  /** Features of the reference that cannot be watched, and why. */
  leftOut: z
    .array(z.object({ name: z.string(), reason: z.enum(['constant', 'too few numbers', 'statistic saturates']) }))
    .optional(),
});

export const outboxView = z.object({
  ...origin,
  kind: z.literal('outbox'),
  destination: z.string(),
  connected: z.boolean(),
  /** Messages on disk that the destination has not acknowledged. */
  depth: z.number(),
  /** Acknowledged since the process started. */
  sent: z.number(),
  /** Age of the oldest waiting message, ms; 0 if none waits. */
  oldestMs: z.number(),
});

export const boardView = z.object({
  ...origin,
  kind: z.literal('board'),
  connected: z.boolean(),
  board: z.string(),
  pins: z.array(z.object({ pin: z.string(), mode: z.string(), label: z.string(), value: z.number() })),
  /** The virtual world's state, empty on real hardware. */
  world: z.record(z.string(), z.string()),
});

export const problemView = z.object({
  ...origin,
  kind: z.literal('problem'),
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  title: z.string(),
  /** How often it has happened since it was last mended. */
  count: z.number(),
});

/** A problem that has gone away, or a node that was removed: what was shown of it is taken down. */
export const clearedView = z.object({ ...origin, kind: z.literal('cleared'), what: z.enum(['problem', 'node']) });

export const view = z.discriminatedUnion('kind', [
  readingsView,
  predictionView,
  driftView,
  outboxView,
  boardView,
  problemView,
  clearedView,
]);
export type View = z.infer<typeof view>;
export type ReadingsView = z.infer<typeof readingsView>;
export type PredictionView = z.infer<typeof predictionView>;
export type DriftView = z.infer<typeof driftView>;
export type OutboxView = z.infer<typeof outboxView>;
export type BoardView = z.infer<typeof boardView>;
export type ProblemView = z.infer<typeof problemView>;

/** A view without what the hub adds: who shows it, and when. */
export type ViewOf<K extends View['kind']> = Omit<Extract<View, { kind: K }>, keyof typeof origin>;
export type ViewBody = { [K in View['kind']]: ViewOf<K> }[View['kind']];

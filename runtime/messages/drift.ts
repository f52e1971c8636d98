import { z } from 'zod';
import { modelIdentity } from './prediction.ts';
import { envelope } from './reading.ts';

/** What is asked of a stream: its inputs, the answers, how right they are, and whether a sensor is broken. */
export const DRIFT_KINDS = ['data', 'prediction', 'performance', 'fault'] as const;
export const driftKind = z.enum(DRIFT_KINDS);
export type DriftKind = z.infer<typeof driftKind>;

/** What may be wrong with a sensor. It is told apart from drift: the values are no measurements any more. */
export const SENSOR_FAULTS = ['stuck', 'dropout', 'spike', 'out of range', 'clock jump'] as const;
export const sensorFault = z.enum(SENSOR_FAULTS);
export type SensorFault = z.infer<typeof sensorFault>;

/** Not a feature, but the name of what all of them say together: that something moved, and not what. */
export const ALL_TOGETHER = 'all together';

/** How far one feature's recent values lie from the reference. */
export const featureDrift = z.object({
  name: z.string(),
  /** The statistic's standard name: `wasserstein`, `kolmogorov-smirnov`; of a fault its name: `stuck`. */
  statistic: z.string(),
  value: z.number(),
  /** The calibrated value above which the feature drifts. */
  threshold: z.number(),
  drifting: z.boolean(),
  /** While it drifts: when it first crossed the threshold, ms since the epoch. */
  since: z.number().optional(),
  /** A number: where its middle lay in the reference and lies now, in its unit, and how many standard deviations of the reference that is. */
  moved: z.object({ from: z.number(), to: z.number(), deviations: z.number() }).optional(),
  /** How sure: of so many windows of healthy data, one lies as far out. Never more than the reference can tell. */
  oneIn: z.number().optional(),
  /** What has moved, for a person: "temperature is 9.8 higher (3.1 standard deviations)". Since when and how sure say the fields for it. */
  words: z.string().optional(),
});
export type FeatureDrift = z.infer<typeof featureDrift>;

export const driftPayload = z.object({
  kind: driftKind,
  state: z.enum(['start', 'change', 'end']),
  /** When it began, ms since the epoch. */
  since: z.number(),
  features: z.array(featureDrift),
  /** How many recent rows were compared. */
  samples: z.number().int(),
  /** What has happened, for a person, in a sentence or two. */
  words: z.string().optional(),
});
export type DriftPayload = z.infer<typeof driftPayload>;

export const driftMessage = envelope.extend({ payload: driftPayload, model: modelIdentity.optional() });
export type DriftMessage = z.infer<typeof driftMessage>;

/** How often a false alarm is acceptable. */
export const FALSE_ALARMS = ['hour', 'day', 'week', 'month', 'year'] as const;
export const falseAlarms = z.enum(FALSE_ALARMS);
export type FalseAlarms = z.infer<typeof falseAlarms>;

/** What is wished for, and what the reference is long enough for. */
export const driftPromise = z.object({
  /** One false alarm in so many windows is what the wish means at the rate of this stream; absent until the rate is known. */
  wished: z.number().optional(),
  /** One false alarm in so many windows is what can be promised: at most the wish. */
  promised: z.number(),
  /** The same in time, ms between two false alarms; absent until the rate is known. */
  promisedMs: z.number().optional(),
  /** Rows of the reference now, and how many it takes for the wish; absent where it is kept. */
  reference: z.object({ rows: z.number(), needed: z.number() }).optional(),
  /** "one false alarm a day (asked for: one a month; the reference is too short)". */
  words: z.string(),
});
export type DriftPromise = z.infer<typeof driftPromise>;

/** Reference beside current, of one feature. Shares of all values, so that both add up to 1. */
export const driftShape = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('number'),
    /** Ascending; one more than there are bins. Values beyond lie in the outer bins. */
    edges: z.array(z.number()),
    reference: z.array(z.number()),
    current: z.array(z.number()),
  }),
  z.object({
    of: z.literal('category'),
    categories: z.array(z.string()),
    reference: z.array(z.number()),
    current: z.array(z.number()),
  }),
]);
export type DriftShape = z.infer<typeof driftShape>;

/** One watched feature of one question, as of the last evaluation. */
export const driftFeature = featureDrift.extend({
  kind: driftKind,
  shape: driftShape.optional(),
});
export type DriftFeature = z.infer<typeof driftFeature>;

/** Measured and estimated share of right answers, where the model is a classifier. */
export const driftPerformance = z.object({
  /** On the model's held-out data. */
  reference: z.number().optional(),
  /** With true labels, over the newest of them; `truths` is how many. */
  measured: z.number().optional(),
  truths: z.number(),
  /** From calibrated confidence, without labels. */
  estimated: z.number().optional(),
});
export type DriftPerformance = z.infer<typeof driftPerformance>;

/** Everything that a drift node knows at one moment: what the sidebar and the report draw. */
export const driftPicture = z.object({
  format: z.literal(1),
  node: z.string(),
  name: z.string(),
  model: modelIdentity.optional(),
  /** Of this picture, ms since the epoch. */
  time: z.number(),
  state: z.enum(['learning', 'calm', 'drifting']),
  since: z.number(),
  samples: z.number(),
  window: z.number(),
  promise: driftPromise.optional(),
  /** The furthest out, as a share of its threshold, first. */
  features: z.array(driftFeature),
  leftOut: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** What was seen and not compared, since the start: `{what: 'missing values', count: 3}`. */
  counts: z.array(z.object({ what: z.string(), count: z.number() })),
  performance: driftPerformance.optional(),
});
export type DriftPicture = z.infer<typeof driftPicture>;

/** One thing that happened, as it is kept on disk. */
export const driftEvent = z.object({ time: z.number(), payload: driftPayload });
export type DriftEvent = z.infer<typeof driftEvent>;

/** The course of one feature's statistic: a point an evaluation, or the largest of several where there are more than asked for. */
export const driftCourse = z.object({
  name: z.string(),
  kind: driftKind,
  statistic: z.string(),
  times: z.array(z.number()),
  values: z.array(z.number()),
  thresholds: z.array(z.number()),
});
export type DriftCourse = z.infer<typeof driftCourse>;

/** What is kept of a node's past. */
export const driftHistory = z.object({
  node: z.string(),
  from: z.number(),
  to: z.number(),
  courses: z.array(driftCourse),
  events: z.array(driftEvent),
});
export type DriftHistory = z.infer<typeof driftHistory>;

/** One line of the list of what is watched on this machine. */
export const watchedStream = z.object({
  node: z.string(),
  name: z.string(),
  model: modelIdentity.optional(),
  state: z.enum(['learning', 'calm', 'drifting']),
  /** How many sensor faults are on; left out where there are none. */
  faults: z.number().int().positive().optional(),
  since: z.number(),
  /** Of the last evaluation. */
  time: z.number(),
  /** Of what is kept of it. */
  first: z.number(),
});
export type WatchedStream = z.infer<typeof watchedStream>;

/** A command to a drift node: forget the reference that was learned from the stream, or acknowledge what is new as normal. */
export const driftCommand = z.object({ do: z.enum(['relearn']) });
export type DriftCommand = z.infer<typeof driftCommand>;

// Admin routes, below `millrace/`:
// GET  drift                                      → driftAnswer
// GET  drift/:node                                → driftPicture
// GET  drift/:node/history?from&to&points         → driftHistory
// POST tell/:node                    driftCommand → {}
export const driftAnswer = z.object({ streams: z.array(watchedStream) });
export type DriftAnswer = z.infer<typeof driftAnswer>;
/** Times in ms since the epoch; what is left out is not bounded. At most so many points a course. */
export const driftHistoryRequest = z.object({
  from: z.coerce.number().optional(),
  to: z.coerce.number().optional(),
  points: z.coerce.number().int().min(2).max(5000).optional(),
});

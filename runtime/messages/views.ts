/**
 * What the sidebar and the canvas show: summaries, at most ten a second a node, so that a fast stream never floods a
 * browser.
 */
import { z } from 'zod';
import { driftKind, driftPerformance, featureDrift } from './drift.ts';
import { truthLabel } from './learning.ts';
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
  /** Of all questions: one without a kind is of the data; one of kind `fault` is a broken sensor. */
  features: z.array(featureDrift.extend({ kind: driftKind.optional() })),
  /** In words: "one false alarm a day (asked for: one a month)". */
  promise: z.string().optional(),
  performance: driftPerformance.optional(),
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
  /** The destination's id: several nodes may send to one. */
  id: z.string().optional(),
  /** Acknowledged messages a second. */
  rate: z.number().optional(),
  /** Somebody stopped the sending. */
  paused: z.boolean().optional(),
  /** What it waits for while nothing is wrong, and until when, ms since the epoch. */
  holding: z
    .object({ reason: z.enum(['batch', 'schedule', 'budget', 'bandwidth']), until: z.number().optional() })
    .optional(),
  /** Messages that the destination refused. */
  dead: z.number().optional(),
});

/** A part of a virtual world that a slider or a choice sets. */
export const worldControl = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('choice'),
    name: z.string(),
    label: z.string(),
    value: z.string(),
    /** The first is the well one. */
    options: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('slider'),
    name: z.string(),
    label: z.string(),
    value: z.number(),
    unit: z.string(),
    min: z.number(),
    max: z.number(),
    step: z.number(),
  }),
]);

export const boardView = z.object({
  ...origin,
  kind: z.literal('board'),
  connected: z.boolean(),
  board: z.string(),
  /** Of the state that `connected` names, ms since the epoch. */
  since: z.number().optional(),
  /** Why it is not connected, and what to do. */
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string(), title: z.string() }).optional(),
  /** Those that something uses. */
  pins: z.array(
    z.object({
      pin: z.string(),
      /** `analog`, `digital`, `output`, `pwm`, `servo`, `i2c` …; `signal`: one of the wires by which an actuator is told what to do. */
      mode: z.string(),
      /** What is wired there. */
      label: z.string(),
      value: z.number(),
      unit: z.string().optional(),
      /** The value as a share of what it may be, 0 to 1. */
      level: z.number().optional(),
      /** Of an output that was not set since the board is connected: what it is at is not known. */
      unset: z.boolean().optional(),
      /** The nodes that use it. */
      holders: z.array(z.string()).optional(),
    }),
  ),
  /** Actuators on several wires: what one of their pins is at says nothing. */
  actuators: z
    .array(
      z.object({
        pins: z.array(z.string()),
        label: z.string(),
        /** What it was set to, in words; absent: it was not set since the board is connected. */
        value: z.string().optional(),
        /** Of a display: its rows. */
        text: z.array(z.string()).optional(),
        /** Of a matrix of lamps: its rows, such as `#..#`, a lit one `#`. */
        dots: z.array(z.string()).optional(),
        holders: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  /** The virtual world's state, empty on real hardware. */
  world: z.record(z.string(), z.union([z.string(), z.number()])),
  /** How it is connected. */
  hardware: z.enum(['virtual', 'emulated', 'serial', 'tcp']).optional(),
  /** Of a virtual one: the scene that drives its pins. */
  scene: z.string().optional(),
  /** What of the virtual world can be set, and how it stands. */
  controls: z.array(worldControl).optional(),
  /** Chips on its I2C bus that something uses: `0x68`, what it is called, and the last values. */
  chips: z
    .array(
      z.object({
        address: z.number(),
        label: z.string(),
        values: z.array(z.string()),
        /** Of a display: its rows. */
        text: z.array(z.string()).optional(),
        /** Of a matrix of lamps: its rows, such as `#..#`, a lit one `#`. */
        dots: z.array(z.string()).optional(),
        holders: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});
export type WorldControl = z.infer<typeof worldControl>;

export const problemView = z.object({
  ...origin,
  kind: z.literal('problem'),
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  title: z.string(),
  /** How often it has happened since it was last mended. */
  count: z.number(),
  /** Nothing is wrong: something is waited for. */
  waiting: z.boolean().optional(),
});

/** How the examples of a data set fill up, and what is recorded just now. */
export const collectView = z.object({
  ...origin,
  kind: z.literal('collect'),
  dataSet: z.string(),
  /** In the order in which the node has them. */
  labels: z.array(z.object({ label: truthLabel, examples: z.number() })),
  /** Without a label. */
  unlabelled: z.number(),
  /** Of the button that is held, or the label that a message turned on. */
  recording: truthLabel.nullable(),
  /** Whether the node offers its labels as buttons. */
  buttons: z.boolean(),
  /** Messages since the start that could have been examples: none while a button is held means that nothing is wired. */
  arrived: z.number(),
  /** Of what arrived since the start and was not taken, by reason. */
  refused: z.array(z.object({ what: z.string(), count: z.number() })),
});

/** How a node's training goes. */
export const trainingView = z.object({
  ...origin,
  kind: z.literal('training'),
  dataSet: z.string(),
  model: z.string(),
  /** Of `trainings`, where the whole of it is found. */
  training: z.string().optional(),
  state: z.enum(['idle', 'waiting', 'running', 'done', 'failed', 'cancelled']),
  progress: z.number(),
  step: z.string(),
  version: z.string().optional(),
  /** Of the last one that was done: the sentence that a newcomer reads first. */
  result: z.string().optional(),
});

/** How good a model is on a data set, or live on what came with or before its truth. */
export const evaluationView = z.object({
  ...origin,
  kind: z.literal('evaluation'),
  model: modelIdentity.optional(),
  /** '' of a stream. */
  dataSet: z.string(),
  rows: z.number(),
  /** Predictions whose truth has not come yet. */
  waiting: z.number(),
  /** The sentence that a newcomer reads first: `97.1 % of 312 right`. */
  result: z.string(),
  labels: z.array(z.string()).optional(),
  confusion: z.array(z.array(z.number())).optional(),
  /** Of champion and challenger. */
  verdict: z.string().optional(),
});

/** A problem that has gone away, or a node that was removed: what was shown of it is taken down. */
export const clearedView = z.object({ ...origin, kind: z.literal('cleared'), what: z.enum(['problem', 'node']) });

/** Something about the paired gateways has changed: whoever shows them asks again. */
export const gatewaysView = z.object({ ...origin, kind: z.literal('gateways') });

export const view = z.discriminatedUnion('kind', [
  readingsView,
  predictionView,
  driftView,
  outboxView,
  boardView,
  collectView,
  trainingView,
  evaluationView,
  gatewaysView,
  problemView,
  clearedView,
]);
export type View = z.infer<typeof view>;
export type ReadingsView = z.infer<typeof readingsView>;
export type PredictionView = z.infer<typeof predictionView>;
export type DriftView = z.infer<typeof driftView>;
export type OutboxView = z.infer<typeof outboxView>;
export type BoardView = z.infer<typeof boardView>;
export type CollectView = z.infer<typeof collectView>;
export type TrainingView = z.infer<typeof trainingView>;
export type EvaluationView = z.infer<typeof evaluationView>;
export type ProblemView = z.infer<typeof problemView>;

/** A view without what the hub adds: who shows it, and when. */
export type ViewOf<K extends View['kind']> = Omit<Extract<View, { kind: K }>, keyof typeof origin>;
export type ViewBody = { [K in View['kind']]: ViewOf<K> }[View['kind']];

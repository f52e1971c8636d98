/** What the dialogs, the sidebar and the command line say to each other about models. */
import { z } from 'zod';

const dimension = z.union([z.number(), z.string(), z.null()]);

export const TASK_NAMES = ['classification', 'regression', 'anomaly', 'multi-output'] as const;

/** How an input of a model is read from a message. */
export const INPUT_KINDS = ['features', 'window', 'image', 'text', 'tensor'] as const;
export const inputKind = z.enum(INPUT_KINDS);
export type InputKind = z.infer<typeof inputKind>;

export const OUTPUT_ROLES = ['label', 'scores', 'value', 'score', 'other'] as const;
export const outputRole = z.enum(OUTPUT_ROLES);
export type OutputRole = z.infer<typeof outputRole>;

/** How a picture becomes the input: each value is (pixel − mean) × scale, with pixels from 0 to 255. */
export const imageSettings = z.object({
  /** Pixels. */
  width: z.number().int().positive().max(8192),
  height: z.number().int().positive().max(8192),
  colours: z.enum(['rgb', 'bgr', 'grey']),
  /** `channels-first`: [channels, height, width]; `channels-last`: [height, width, channels]. */
  layout: z.enum(['channels-first', 'channels-last']),
  /** One for all, or one a channel. */
  mean: z.array(z.number()).min(1).max(3).default([0]),
  scale: z
    .array(z.number())
    .min(1)
    .max(3)
    .default([1 / 255]),
});
export type ImageSettings = z.infer<typeof imageSettings>;

/** How a window becomes the input, where the model takes samples and no features. */
export const windowSettings = z.object({
  /** In the model's order; left out: those of the window, in its order. */
  channels: z.array(z.string()).optional(),
  /** `samples-channels`: a row a sample; `channels-samples`: a row a channel. */
  layout: z.enum(['samples-channels', 'channels-samples']),
});
export type WindowInput = z.infer<typeof windowSettings>;

/** An input as the file has it, and what Millrace makes of it. */
export const inputDescription = z.object({
  name: z.string(),
  /** ONNX element type. */
  type: z.string(),
  shape: z.array(dimension),
  kind: inputKind,
  features: z.array(z.string()).optional(),
  units: z.array(z.string()).optional(),
  image: imageSettings.optional(),
  window: windowSettings.optional(),
  /** NaN and null are a missing value, which the model knows how to take. */
  missing: z.boolean().optional(),
  /** In plain words: `4 numbers`, `a picture of 224 × 224 pixels`. */
  words: z.string(),
});
export type InputDescription = z.infer<typeof inputDescription>;

export const outputDescription = z.object({
  name: z.string(),
  type: z.string(),
  shape: z.array(dimension),
  role: outputRole,
  /** What is done to raw scores, so that they are between 0 and 1. */
  activation: z.enum(['softmax', 'sigmoid']).optional(),
  words: z.string(),
});
export type OutputDescription = z.infer<typeof outputDescription>;

/** A model file that was read, and what Millrace would make of it. */
export const modelProposal = z.object({
  name: z.string(),
  version: z.string(),
  task: z.enum(TASK_NAMES),
  /** Why this task, in plain words. */
  because: z.string(),
  inputs: z.array(inputDescription),
  outputs: z.array(outputDescription),
  labels: z.array(z.string()).optional(),
  /** Where the labels come from, in plain words. */
  labelsFrom: z.string().optional(),
  /** Who wrote the file: `skl2onnx 1.17`. */
  producer: z.string(),
  /** `ai.onnx 17, ai.onnx.ml 3` */
  opsets: z.string(),
  description: z.string().optional(),
  metadata: z.record(z.string(), z.string()),
  bytes: z.number(),
  /** Numbers that were learnt. */
  parameters: z.number(),
  /** How often each operator occurs. */
  operators: z.record(z.string(), z.number()),
  /** What a user should know before trusting it, in plain words. */
  warnings: z.array(z.string()),
  /** What the model answered to one sample. */
  sample: z.object({
    input: z.unknown(),
    prediction: z.unknown().optional(),
    problem: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
  }),
  /** What runs it here, and why. */
  tier: z.string().optional(),
  why: z.string().optional(),
  /** µs for one prediction on this machine. */
  microseconds: z.number().optional(),
});
export type ModelProposal = z.infer<typeof modelProposal>;

/** What a user says of a model that is imported; what is left out is as proposed. */
export const importChoices = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  task: z.enum(TASK_NAMES).optional(),
  description: z.string().optional(),
  note: z.string().optional(),
  labels: z.array(z.string()).optional(),
  inputs: z
    .array(
      z.object({
        name: z.string(),
        kind: inputKind.optional(),
        features: z.array(z.string()).optional(),
        units: z.array(z.string()).optional(),
        image: imageSettings.optional(),
        window: windowSettings.optional(),
        missing: z.boolean().optional(),
      }),
    )
    .optional(),
  outputs: z
    .array(
      z.object({
        name: z.string(),
        role: outputRole.optional(),
        activation: z.enum(['softmax', 'sigmoid', 'none']).optional(),
      }),
    )
    .optional(),
  /** Set to the new version. */
  alias: z.string().optional(),
  /** Asked instead of the sample that Millrace makes up. */
  sample: z.unknown().optional(),
});
export type ImportChoices = z.infer<typeof importChoices>;

/** One version in the registry. */
export const modelVersion = z.object({
  version: z.string(),
  digest: z.string().optional(),
  task: z.string().optional(),
  origin: z.enum(['shipped', 'own']),
  /** ms since the epoch, when it came to this machine. */
  added: z.number().optional(),
  note: z.string().optional(),
  aliases: z.array(z.string()),
  bytes: z.number().optional(),
  /** Of held-out data, where the package says it. */
  accuracy: z.number().optional(),
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
});
export type ModelVersion = z.infer<typeof modelVersion>;

export const modelRow = z.object({
  name: z.string(),
  /** Newest first. */
  versions: z.array(modelVersion),
});
export type ModelRow = z.infer<typeof modelRow>;

/** What was measured of a model on this machine. */
export const machineFacts = z.object({
  tier: z.string(),
  why: z.string(),
  /** µs for one row, by tier. */
  microseconds: z.record(z.string(), z.number()),
  /** MB that loading it took, where it was measured. */
  memory: z.number().optional(),
  measured: z.number(),
});
export type MachineFacts = z.infer<typeof machineFacts>;

/** All that is known of one version: its model.json in words, and what was measured on this machine. */
export const modelCard = z.object({
  name: z.string(),
  version: modelVersion,
  task: z.enum(TASK_NAMES),
  description: z.string().optional(),
  inputs: z.array(inputDescription),
  outputs: z.array(outputDescription),
  labels: z.array(z.string()).optional(),
  /** Digest of its recipe. */
  recipe: z.string().optional(),
  metrics: z.record(z.string(), z.unknown()).optional(),
  lineage: z.record(z.string(), z.unknown()).optional(),
  vectors: z.number(),
  referenceRows: z.number(),
  machine: machineFacts.optional(),
  /** An input that `infer` takes: the form of "try it" begins with it. */
  example: z.unknown(),
});
export type ModelCard = z.infer<typeof modelCard>;

/** How much each feature moved one prediction. */
export const explanation = z.object({
  /** `exact`: the parts add up; `path`: along the trees' decisions; `permutation`: by trying other values. */
  method: z.enum(['exact', 'path', 'permutation']),
  /** What is explained: a label's score before it is squashed, or the value. */
  of: z.string(),
  /** What the model answers where nothing is known of the features. */
  base: z.number(),
  /** Largest first. */
  contributions: z.array(z.object({ feature: z.string(), value: z.number(), contribution: z.number() })),
  /** What the method cannot say, in plain words. */
  note: z.string().optional(),
});
export type Explanation = z.infer<typeof explanation>;

/**
 * Routes under `millrace/models`: an upload is kept under its id until it is imported or a while has passed. Where the model
 * keeps numbers in other files there is no proposal until they have come, too.
 */
export const inspectAnswer = z.object({
  upload: z.string(),
  /** As the file was called. */
  file: z.string(),
  proposal: modelProposal.optional(),
  /** Files of the model's numbers that are still to be sent, as the model names them. */
  missing: z.array(z.string()).default([]),
});
export type InspectAnswer = z.infer<typeof inspectAnswer>;
export const uploadRequest = z.object({ upload: z.string(), choices: importChoices.default({}) });
export type UploadRequest = z.input<typeof uploadRequest>;
export const modelsAnswer = z.object({ models: z.array(modelRow) });
export type ModelsAnswer = z.infer<typeof modelsAnswer>;
/** What an import has become. */
export const importAnswer = z.object({ name: z.string(), version: z.string() });
export type ImportAnswer = z.infer<typeof importAnswer>;
/** `version` left out takes the alias away. */
export const aliasRequest = z.object({ name: z.string(), alias: z.string(), version: z.string().optional() });
/** A control message to an *infer* node, as `msg.alias`. */
export const aliasCommand = z.strictObject({
  /** The alias: `production`. */
  name: z.string().trim().min(1).max(100),
  /** Its model: needed only where a node follows aliases of this name of two models. */
  model: z.string().trim().min(1).max(100).optional(),
  /** A version, another alias, the begin of a digest, or `previous`: where it was before. */
  to: z.string().trim().min(1).max(100),
});
export type AliasCommand = z.infer<typeof aliasCommand>;
export const versionRequest = z.object({ name: z.string(), version: z.string() });
export const noteRequest = versionRequest.extend({ note: z.string().max(2000) });
/** `model`: a reference, as the model node takes it. */
export const tryRequest = z.object({ model: z.string(), input: z.unknown() });
export const tryAnswer = z.object({
  prediction: z.unknown(),
  latencyMs: z.number(),
  explanation: explanation.optional(),
});
export type TryAnswer = z.infer<typeof tryAnswer>;

import { z } from 'zod';
import { imageSettings, inputKind, outputRole, TASK_NAMES, windowSettings } from '../../messages/index.ts';
import { recipe } from '../../signal/schema.ts';

/** The format of model.json that this version writes. */
export const PACKAGE_FORMAT = 1;

export const TASKS = TASK_NAMES;
export type Task = (typeof TASKS)[number];

/** SHA-256 in lower-case hexadecimal. */
const digest = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');
/** A plain name: a package's files lie beside its model.json, never elsewhere. */
const fileName = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'must be a plain file name');

const shape = z.array(z.union([z.number().int().nonnegative(), z.string(), z.null()]));

const modelInput = z.object({
  /** Of the ONNX graph's input. */
  name: z.string(),
  /** ONNX element type: `float32`, `int64`, `string` … */
  type: z.string(),
  /** A number a fixed dimension; a name or null a free one. */
  shape,
  /** What the columns mean, in order. */
  features: z.array(z.string()).optional(),
  /** The unit of each feature, `''` where it has none. */
  units: z.array(z.string()).optional(),
  /** How it is read from a message. Left out: `features` where they are named, else what type and shape allow. */
  kind: inputKind.optional(),
  image: imageSettings.optional(),
  window: windowSettings.optional(),
  /** NaN and null are a missing value, which the model knows how to take, as many trees do. */
  missing: z.boolean().optional(),
});
export type ModelInput = z.infer<typeof modelInput>;

const modelOutput = z.object({
  /** Of the ONNX graph's output. */
  name: z.string(),
  type: z.string(),
  shape,
  /** How `infer` reads it: the index or text of the label, one score a label, a value, an anomaly score. */
  role: outputRole,
  /** Of a label: its numbers are places in `labels`, even where the labels are numbers themselves. */
  places: z.boolean().optional(),
  /** What makes raw scores ones between 0 and 1. */
  activation: z.enum(['softmax', 'sigmoid']).optional(),
});
export type ModelOutput = z.infer<typeof modelOutput>;

/** Row-major. */
const tensor = z.object({
  shape: z.array(z.number().int().nonnegative()),
  data: z.union([z.array(z.number()), z.array(z.string())]),
});
export type Tensor = z.infer<typeof tensor>;

/** An input with the answer that every machine must give to it. */
const testVector = z.object({
  inputs: z.record(z.string(), tensor),
  outputs: z.record(z.string(), tensor),
  /** Largest absolute difference that is still the same answer. */
  tolerance: z.number().nonnegative(),
});
export type TestVector = z.infer<typeof testVector>;

const metrics = z.looseObject({
  /** What the figures were measured on. */
  heldOut: z.string().optional(),
  rows: z.number().int().nonnegative().optional(),
  accuracy: z.number().optional(),
  /** Rows: true label; columns: predicted label; in the order of `labels`. */
  confusion: z.array(z.array(z.number().int())).optional(),
  perLabel: z
    .record(z.string(), z.object({ precision: z.number(), recall: z.number(), rows: z.number().int() }))
    .optional(),
  /** Of the rows that were answered with about this confidence: how often it was right, and how many they were. */
  calibration: z.array(z.object({ confidence: z.number(), accuracy: z.number(), rows: z.number().int() })).optional(),
});
export type Metrics = z.infer<typeof metrics>;

const lineage = z.looseObject({
  /** Digest of the data that it was trained on. */
  data: z.string().optional(),
  /** Digest of the version that it was made from. */
  parent: z.string().optional(),
  trainer: z.object({ name: z.string(), settings: z.record(z.string(), z.unknown()) }).optional(),
  /** When it was trained, ISO 8601; left out where the same script must give the same bytes. */
  time: z.string().optional(),
  note: z.string().optional(),
});
export type Lineage = z.infer<typeof lineage>;

/** model.json: what the model is, what it takes and gives, how good it is, and the digest of every other file. */
export const manifest = z.object({
  format: z.literal(PACKAGE_FORMAT),
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'must be lower-case letters, digits, ".", "_" and "-"'),
  version: z.string().min(1),
  description: z.string().optional(),
  task: z.enum(TASKS),
  files: z.record(fileName, digest),
  inputs: z.array(modelInput).min(1),
  outputs: z.array(modelOutput).min(1),
  /** Of a classification, in the order of the scores. */
  labels: z.array(z.string()).optional(),
  /** Of an anomaly: scores above it are anomalous, where the model gives no label of its own. */
  threshold: z.number().optional(),
  recipe: recipe.optional(),
  /** What the reference rows were taken from. */
  reference: z.object({ description: z.string() }).optional(),
  vectors: z.array(testVector),
  metrics: metrics.optional(),
  lineage: lineage.optional(),
});
export type Manifest = z.infer<typeof manifest>;

/** Data sets of labelled examples, and training on them: what the sidebar asks for, and what it is told. */
import { z } from 'zod';
import { comparison, evaluation } from './evaluation.ts';
import { modelIdentity } from './prediction.ts';

/** A text of a classification, a number of a regression. */
export const truthLabel = z.union([z.string().max(200), z.number()]);
export type TruthLabel = z.infer<typeof truthLabel>;

/** Something that a person should know of the examples before a model learns from them. */
export const finding = z.object({
  /** Stable: `ONE_LABEL`, `SIMILAR_LABELS`, `LEAKAGE`, `DUPLICATES`, `OUTLIERS`, `CONSTANT_FEATURES`, `UNBALANCED` … */
  code: z.string(),
  /** `stop`: nothing can be learnt; `warning`: the figures may deceive; `hint`: worth a look. */
  weight: z.enum(['stop', 'warning', 'hint']),
  message: z.string(),
  hint: z.string(),
  /** At most 100 examples that it is about. */
  examples: z.array(z.number().int()).optional(),
  /** What is offered to mend it by one click: labels of the left become the right one. */
  relabel: z.object({ from: z.array(z.string()), to: z.string() }).optional(),
});
export type Finding = z.infer<typeof finding>;

export const dataVersion = z.object({
  /** Of the examples with their labels, in order: the same examples have the same digest everywhere. */
  digest: z.string(),
  time: z.number(),
  note: z.string(),
  examples: z.number().int(),
});
export type DataVersion = z.infer<typeof dataVersion>;

/** One data set of the list. */
export const dataSetRow = z.object({
  name: z.string(),
  /** What an example is: named numbers, or a window of samples. Not known while it is empty. */
  kind: z.enum(['features', 'window']).optional(),
  /** Names of the features, or of the window's channels. */
  columns: z.array(z.string()),
  /** Of windows. */
  window: z.object({ rate: z.number(), samples: z.number().int() }).optional(),
  /** Digest of the recipe that made the features, where it is known. */
  recipe: z.string().optional(),
  examples: z.number().int(),
  /** Largest first; examples without a label stand under `null`. */
  labels: z.array(z.object({ label: truthLabel.nullable(), examples: z.number().int() })),
  groups: z.number().int(),
  bytes: z.number(),
  /** ms since the epoch, of the newest example. */
  changed: z.number().optional(),
  versions: z.array(dataVersion),
  /** Came with Millrace: it can be copied, not changed. */
  shipped: z.boolean(),
  /** Why it cannot be used. */
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
});
export type DataSetRow = z.infer<typeof dataSetRow>;

/** One example of a page: without its values. */
export const exampleRow = z.object({
  id: z.number().int(),
  label: truthLabel.nullable(),
  /** ms since the epoch, where it is known. */
  time: z.number().nullable(),
  source: z.string(),
  /** The run, recording or press of the button that it belongs to. */
  group: z.string(),
});
export type ExampleRow = z.infer<typeof exampleRow>;

const values = z.array(z.object({ name: z.string(), values: z.array(z.number()) }));
/** With its values: of features one a column, of a window one curve a channel. */
export const exampleView = exampleRow.extend({
  values,
  rate: z.number().optional(),
});
export type ExampleView = z.infer<typeof exampleView>;

/** One of a page that was asked for with values; none where those before it were very large. */
export const listedExample = exampleView.partial({ values: true });
export type ListedExample = z.infer<typeof listedExample>;

/** The examples in the plane of their two largest principal components. */
export const exampleMap = z.object({
  points: z.array(z.object({ id: z.number().int(), x: z.number(), y: z.number(), label: truthLabel.nullable() })),
  /** Share of the variance that each axis shows, 0 to 1. */
  shares: z.tuple([z.number(), z.number()]),
  /** Examples in all: of many only a part is drawn. */
  examples: z.number().int(),
});
export type ExampleMap = z.infer<typeof exampleMap>;

export const TRAINERS = [
  'logistic-regression',
  'ridge',
  'decision-tree',
  'random-forest',
  'gradient-boosting',
  'nearest-neighbours',
  'dense-network',
  'convolutional-network',
  'mahalanobis',
  'isolation-forest',
  'k-means',
  'gaussian-mixture',
] as const;
export type TrainerName = (typeof TRAINERS)[number];

export const LEARNING_TASKS = ['classification', 'regression', 'anomaly'] as const;
export type LearningTask = (typeof LEARNING_TASKS)[number];

/** What a person may decide about a training. Left alone, it works. */
export const trainingChoices = z.object({
  trainer: z.enum(['automatic', ...TRAINERS]).default('automatic'),
  /** Of the trainer, by name; what is left out has its default. */
  settings: z.record(z.string(), z.unknown()).default({}),
  /** `auto`: texts are classes, many different numbers are values, and no labels at all mean anomalies. */
  task: z.enum(['auto', ...LEARNING_TASKS]).default('auto'),
  /** What the model is tested on: whole groups, the last part of each run, or every k-th row of each label. */
  testBy: z.enum(['auto', 'group', 'time', 'row']).default('auto'),
  testShare: z.number().min(0.05).max(0.5).default(0.25),
  /** Folds of a cross-validation beside the held-out test; 0: none. */
  folds: z.number().int().min(0).max(20).default(0),
  /** Rare labels count as much as common ones. `auto`: where one label is five times as common as another. */
  balance: z.enum(['auto', 'on', 'off']).default('auto'),
  /** Makes probabilities mean what they say. `auto`: where it lowers the log loss on rows that were held out for it. */
  calibrate: z.enum(['auto', 'on', 'off']).default('auto'),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .default(1),
  /** Time allowed to try and to learn; what is learnt when it is over is the model. */
  seconds: z.number().min(1).max(86_400).default(60),
  /** Of windows: the blocks of the recipe that makes features of them. Left out: chosen by the data. */
  blocks: z.array(z.looseObject({ type: z.string() })).optional(),
  /** Reference of a model whose output is the input of what is trained: transfer learning. */
  embedding: z.string().optional(),
});
export type TrainingChoices = z.infer<typeof trainingChoices>;

/** What was tried on the way to a model. */
export const trial = z.object({
  trainer: z.string(),
  title: z.string(),
  /** Cross-validated on the training rows: accuracy (of balanced labels the mean of their shares), R² or area under the curve; none where it failed. */
  score: z.number().optional(),
  seconds: z.number(),
  /** Why it was not tried to the end. */
  problem: z.string().optional(),
});
export type Trial = z.infer<typeof trial>;

/** All that is known of one finished training. */
export const trainingReport = z.object({
  model: modelIdentity,
  task: z.enum(LEARNING_TASKS),
  dataSet: z.object({ name: z.string(), digest: z.string(), examples: z.number().int() }),
  trainer: z.object({ name: z.string(), title: z.string(), settings: z.record(z.string(), z.unknown()) }),
  /** One sentence: why this trainer. */
  why: z.string(),
  tried: z.array(trial),
  /** One sentence: what the model was tested on. */
  split: z.string(),
  /** Of its rows: whole groups, the last part of each, or single rows. */
  testedBy: z.enum(['group', 'time', 'row']).optional(),
  evaluation,
  /** Of a cross-validation: the main figure's mean and its standard deviation over the folds. */
  folds: z.object({ mean: z.number(), deviation: z.number(), values: z.array(z.number()) }).optional(),
  findings: z.array(finding),
  seconds: z.number(),
  /** Largest difference to ONNX Runtime's answers over all rows. */
  difference: z.number(),
  time: z.number(),
});
export type TrainingReport = z.infer<typeof trainingReport>;

/** A training that runs, or has ended. */
export const trainingState = z.object({
  id: z.string(),
  /** Node that started it, '' for one started from the sidebar or the command line. */
  node: z.string(),
  dataSet: z.string(),
  /** Name of the model. */
  model: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** 0 to 1. */
  progress: z.number(),
  /** What it does just now: `random forest, 40 of 100 trees`. */
  step: z.string(),
  started: z.number(),
  report: trainingReport.optional(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string(), title: z.string() }).optional(),
});
export type TrainingState = z.infer<typeof trainingState>;

/** Models on a data set, or on a stream whose truth came later. */
export const evaluationReport = z.object({
  model: modelIdentity,
  /** '' of a stream. */
  dataSet: z.string(),
  /** Examples that the model was trained on are left out; of another data set, how many are used. */
  words: z.string(),
  evaluation,
  challenger: z.object({ model: modelIdentity, evaluation, comparison }).optional(),
  time: z.number(),
});
export type EvaluationReport = z.infer<typeof evaluationReport>;

// Routes under `millrace/data`.
/** Chooses examples: by id, or all with a label, or of a group. */
export const exampleChoice = z.union([
  z.object({ ids: z.array(z.number().int()).min(1).max(100_000) }),
  z.object({ label: truthLabel.nullable() }),
  z.object({ group: z.string() }),
]);
export type ExampleChoice = z.infer<typeof exampleChoice>;
export const dataSetRequest = z.object({ name: z.string().min(1) });
/** Of a query: numbers come as text. */
export const examplesRequest = dataSetRequest.extend({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** Only those of this label; `''`: those without one. */
  label: z.string().optional(),
  group: z.string().optional(),
  /** `yes`: with their values, to be drawn. */
  values: z.enum(['yes', 'no']).default('no'),
});
export const exampleRequest = dataSetRequest.extend({ id: z.coerce.number().int() });
export const relabelRequest = dataSetRequest.extend({ choice: exampleChoice, label: truthLabel.nullable() });
export const removeExamplesRequest = dataSetRequest.extend({ choice: exampleChoice });
export const freezeRequest = dataSetRequest.extend({ note: z.string().max(2000).default('') });
/** `version`: its digest. */
export const removeVersionRequest = dataSetRequest.extend({ version: z.string().min(1) });
export const exportRequest = dataSetRequest.extend({ format: z.enum(['csv', 'parquet']).default('csv') });
export const importDataRequest = dataSetRequest.extend({
  /** The file's own name. */
  file: z.string().min(1),
  /** Column of the labels. Default: `label`, `class`, `target`, `truth`, or the last one that holds texts. */
  labelColumn: z.string().optional(),
  groupColumn: z.string().optional(),
  timeColumn: z.string().optional(),
  /** Of a recording: every message gets this label. */
  label: z.string().optional(),
});
export const dataSetsAnswer = z.object({ dataSets: z.array(dataSetRow) });
export type DataSetsAnswer = z.infer<typeof dataSetsAnswer>;
export const examplesAnswer = z.object({ examples: z.array(listedExample), total: z.number().int() });
export type ExamplesAnswer = z.infer<typeof examplesAnswer>;
export const findingsAnswer = z.object({ findings: z.array(finding) });
/** What an import took and what it left. */
export const importDataAnswer = z.object({
  name: z.string(),
  added: z.number().int(),
  refused: z.number().int(),
  problems: z.array(z.object({ code: z.string(), message: z.string(), hint: z.string() })),
});
export type ImportDataAnswer = z.infer<typeof importDataAnswer>;

// Commands to nodes, and routes under `millrace/training`.
/**
 * What a collect node is told (`millrace/tell/ID`): the button of a label is held, `null` when it is let go. While it is held it
 * is said again each second: a browser that has gone must not record for ever.
 */
export const collectCommand = z.object({ label: truthLabel.nullable() });
export type CollectCommand = z.infer<typeof collectCommand>;
// GET  training           → trainingsAnswer
// GET  training/trainers  → trainersAnswer
// GET  training/report?model=REFERENCE → trainingReport, or 204 where nothing is kept
// POST training/train     trainRequest → trainingState
// POST training/cancel    idRequest    → {}
// POST training/evaluate  evaluateRequest → evaluationReport
export const trainRequest = z.object({
  dataSet: z.string().min(1),
  model: z.string().min(1),
  choices: trainingChoices.prefault({}),
  /** Alias that is moved to the new version. */
  alias: z.string().optional(),
});
export type TrainRequest = z.input<typeof trainRequest>;
export const trainingsAnswer = z.object({ trainings: z.array(trainingState) });
export type TrainingsAnswer = z.infer<typeof trainingsAnswer>;
/** A trainer as a person chooses it; `settings` is the JSON Schema of what may be set. */
export const trainerCard = z.object({
  name: z.string(),
  title: z.string(),
  suits: z.string(),
  tasks: z.array(z.string()),
  takes: z.enum(['features', 'window']),
  settings: z.unknown(),
});
export type TrainerRow = z.infer<typeof trainerCard>;
export const trainersAnswer = z.object({ trainers: z.array(trainerCard) });
export const reportRequest = z.object({ model: z.string().min(1) });
/** Told to a running train node by its button. */
export const trainCommand = z.object({ train: z.enum(['start', 'cancel']) });
export const evaluateRequest = z.object({
  model: z.string(),
  challenger: z.string().optional(),
  dataSet: z.string().min(1),
});
export type EvaluateRequest = z.infer<typeof evaluateRequest>;

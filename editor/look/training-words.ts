/** What the part "Training" of the sidebar says, and the dialogs of train and evaluate. */
import type { Evaluation, TrainingState } from '../../runtime/messages/index.ts';
import { labelText } from './data-words.ts';
import { count, duration, number, percent } from './numbers.ts';

export const TRAINING_WORDS = {
  train: 'Train',
  training: 'Training',
  trainAgain: 'Train again',
  from: 'Learn from',
  chooseData: 'choose …',
  dataPlaceholder: 'the one that was filled last',
  noData:
    'There are no examples yet. Collect some first: in the part Data, hold a button while the machine is in that state.',
  openData: 'Open Data',
  model: 'Name of the model',
  modelHint: 'Nodes that use a model of this name take up the new version by themselves.',
  more: 'More settings',
  moreHint: 'Each has a default that works.',
  trainer: 'How it learns',
  automatic: 'automatic: tries what fits and takes the best',
  task: 'What is learnt',
  testBy: 'Tested on',
  testShare: 'Held out, %',
  folds: 'Cross-validation folds',
  balance: 'Rare labels count more',
  calibrate: 'Calibrate probabilities',
  seed: 'Seed',
  seconds: 'Time allowed, s',
  embedding: 'On top of a model',
  embeddingHint: 'its output is learnt from: transfer learning',
  alias: 'Afterwards call it',
  noAlias: 'nothing',
  standard: (value: string) => `default: ${value}`,
  under: 'Under way',
  waiting: 'waits for the one before',
  cancel: 'Cancel',
  list: 'Finished trainings',
  none: 'No training yet',
  noneHint: 'Choose what to learn from and press Train. It takes seconds.',
  loading: 'Loading …',
  failed: 'did not work',
  cancelled: 'cancelled',
  used: (model: string): string =>
    `Flows that name the model “${model}” use it already; those that name it “${model}@production” do when you press this.`,
  useIt: 'Use it',
  useItAs: (version: string) => `Call version ${version} production`,
  inUse: 'in use as production',
  wide: 'So few examples were tested that chance has a large part in this figure: collect more.',
  why: 'Why this one',
  tried: 'What was tried',
  triedHead: ['way', 'right', 'time'] as const,
  splitHead: 'How it was tested',
  folded: (mean: number, deviation: number, folds: number) =>
    `Cross-validated in ${folds} folds: ${percentOne(mean)} ± ${percentOne(deviation)}.`,
  findings: 'Worth a look',
  confusion: 'What was confused',
  confusionHint:
    'Rows: what it was. Columns: what the model said. Press a number off the diagonal to see those examples.',
  confusionCorner: 'it was ↓\nit said →',
  cell: (n: number, actual: string, said: string) =>
    actual === said ? `${count(n)} of ${actual}: right` : `${count(n)} of ${actual} were taken for ${said}`,
  mistakes: 'Examples that it gets wrong',
  noMistakes: 'It got none of them wrong.',
  mistake: (actual: string, said: string) => `it was ${actual}, it said ${said}`,
  mistakesOf: (actual: string, said: string) => `${actual} taken for ${said}`,
  residual: (actual: number, said: number) => `it was ${labelText(actual)}, it said ${number(said)}`,
  sure: (share: number) => `${percent(share)} sure`,
  noneKept: 'Only the 200 worst are kept, and none of these is among them.',
  all: 'all',
  perLabel: 'Label by label',
  perLabelHead: ['label', 'precision', 'recall', 'F1', 'n'] as const,
  perLabelHint:
    'Precision: how often it is right when it says so. Recall: how many of them it finds. Grey: 95 % interval.',
  curves: 'Curves',
  roc: 'ROC: found against falsely alarmed',
  pr: 'Precision against recall',
  calibration: 'Is it as sure as it may be?',
  calibrationHint: (error: number) =>
    `On the line, “80 % sure” is right 8 times in 10. It is off by ${percentOne(error)} on average.`,
  residuals: 'Said against true',
  residualsHint: 'A dot on the line is an answer that is right.',
  histogram: 'Scores',
  histogramHint: (threshold: number) => `Above ${number(threshold)} it calls a row anomalous.`,
  normal: 'normal',
  anomalous: 'anomalous',
  groups: 'Run by run',
  groupsHint: 'The worst first.',
  details: 'Details',
  facts: {
    rows: 'examples tested',
    balanced: 'mean recall',
    logLoss: 'log loss',
    r2: 'R²',
    mae: 'mean absolute error',
    rmse: 'root mean square error',
    alarms: 'false alarms',
    found: 'found',
    trainer: 'trainer',
    settings: 'settings',
    seconds: 'took',
    difference: 'largest difference to ONNX Runtime',
    data: 'data',
  },
  evaluate: 'Measure a model',
  evaluateHint: 'How good is a model on a data set, and is another one better?',
  champion: 'Model',
  challenger: 'Compare with',
  noChallenger: 'nothing',
  on: 'On the examples of',
  measure: 'Measure',
  measuring: 'Measuring …',
  lesson: 'First lesson',
  lessonHint: 'From nothing to a model of your own in ten minutes, with a simulated pump.',
  startLesson: 'Start the lesson',
  live: 'Evaluation',
  pending: (n: number) => `${count(n)} wait for their truth`,
  openTraining: 'Open Training',
  readOnly: 'You may look at trainings, but not start any.',
} as const;

export const TASK_WORDS: Readonly<Record<string, string>> = {
  auto: 'what the labels say',
  classification: 'labels (classification)',
  regression: 'a number (regression)',
  anomaly: 'what is normal (anomalies)',
};
export const TEST_BY_WORDS: Readonly<Record<string, string>> = {
  auto: 'what suits the data',
  group: 'whole runs',
  time: 'the last part of each run',
  row: 'single examples of each label',
};
export const SWITCH_WORDS: Readonly<Record<string, string>> = {
  auto: 'where it helps',
  on: 'always',
  off: 'never',
};

/** `97.9 %` */
export const percentOne = (share: number): string => `${(share * 100).toFixed(1).replace(/\.0$/, '')} %`;

/** The main figure of a trial or a group, by the task. */
export const figure = (task: Evaluation['task'], value: number): string =>
  task === 'regression' ? value.toFixed(3) : percentOne(value);

/** `today 05:40 · random forest · 12 s` */
export function trainingWords({ report, state, step }: TrainingState): string {
  if (state === 'running') return step;
  if (state === 'waiting') return TRAINING_WORDS.waiting;
  if (!report) return state === 'cancelled' ? TRAINING_WORDS.cancelled : TRAINING_WORDS.failed;
  return `${report.trainer.title} · ${duration(report.seconds * 1000)}`;
}

/** A setting's name in a schema, as one would say it: `maxDepth` → `max depth`. */
export const settingWords = (name: string): string =>
  name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

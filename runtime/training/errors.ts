import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('training', {
  EXAMPLES_TOO_FEW: {
    title: 'too few examples',
    meaning: 'There is nothing to learn from, or nothing left to test on.',
    message: (v: { train: number; test: number }) => `${v.train} rows to train on and ${v.test} to test on`,
    hint: 'Collect more recordings: at least two of each label, so that one can be held out.',
  },
  EXAMPLES_INVALID: {
    title: 'examples not valid',
    meaning: 'Labelled examples contradict each other or hold what is no number.',
    message: (v: { row: number; problem: string }) => `row ${v.row} of the examples: ${v.problem}`,
    hint: 'Collect the examples with one set of features, and leave out rows with missing values.',
  },
  LABELS_TOO_FEW: {
    title: 'only one label',
    meaning: 'A classifier needs at least two labels to tell apart.',
    message: (v: { labels: readonly string[] }) => `the examples have ${v.labels.length} label: ${v.labels.join(', ')}`,
    hint: 'Collect examples of another state too.',
  },
  MODEL_DISAGREES: {
    title: 'model disagrees',
    meaning: 'ONNX Runtime answers otherwise than the arithmetic of the training: the model that was written is wrong.',
    message: (v: { row: number; label: string; expected: number; got: number }) =>
      `row ${v.row}: ONNX Runtime gives "${v.label}" the score ${v.got}, the training ${v.expected}`,
    hint: 'Do not use this model. This is a fault in Millrace: please report it.',
  },
  TRAINER_SETTING_INVALID: {
    title: 'wrong setting',
    meaning: 'A setting of the trainer is not in its range.',
    message: (v: { trainer: string; setting: string; problem: string }) =>
      `the setting "${v.setting}" of ${v.trainer}: ${v.problem}`,
    hint: 'Correct it, or leave it out: every setting has a default.',
  },
  TASK_UNSUITABLE: {
    title: 'not for this task',
    meaning: 'A trainer was asked for what it cannot learn: classes, values or anomalies.',
    message: (v: { trainer: string; task: string }) => `${v.trainer} cannot learn a ${v.task}`,
    hint: 'Choose another trainer, or leave it at automatic.',
  },
  WINDOWS_NEEDED: {
    title: 'needs windows',
    meaning: 'The trainer learns from the samples of windows, and the examples are features.',
    message: (v: { trainer: string; columns: number }) =>
      `${v.trainer} learns from windows of samples, and an example here is ${v.columns} features`,
    hint: 'Wire collect after the window node instead of the features node, or choose another trainer.',
  },
  FEATURES_TOO_MANY: {
    title: 'too many features',
    meaning:
      'The trainer compares every feature with every other, and with so many that takes more memory than there should be.',
    message: (v: { trainer: string; features: number; limit: number }) =>
      `${v.trainer} takes at most ${v.limit} features, and an example here has ${v.features}`,
    hint: 'Let the features node make fewer, choose another trainer, or leave it at automatic.',
  },
  TRUTH_INVALID: {
    title: 'truth not usable',
    meaning:
      'What is said to be true does not go with what was predicted: a text beside a number, or no prediction at all.',
    message: (v: { truth: string | number; prediction: string }) =>
      `the truth "${v.truth}" does not go with ${v.prediction}`,
    hint: 'Wire the message that `infer` sends; the truth of a classification is a label, that of a regression a number.',
  },
});

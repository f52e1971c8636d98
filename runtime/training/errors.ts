import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('training', {
  EXAMPLES_TOO_FEW: {
    title: 'too few examples',
    meaning: 'There is nothing to learn from, or nothing left to test on.',
    message: (v: { usable: number; of: number; needed: number; unlabelled?: number }) =>
      `${v.usable} of ${v.of} examples can be used, and at least ${v.needed} are needed`,
    hint: (v: { unlabelled?: number }) =>
      (v.unlabelled ?? 0) > 0
        ? `${v.unlabelled} have no label: give them one in the data set. If they are the normal state, choose the task "anomaly", which learns from them what is usual.`
        : 'Record more: twenty of each label is a start, in two recordings or more, so that one can be held out to test on.',
  },
  LABELS_ALL_DIFFERENT: {
    title: 'all labels differ',
    meaning: 'Every example has a label of its own, so that nothing is seen twice that could be learnt.',
    message: (v: { examples: number; label: string }) =>
      `each of the ${v.examples} examples has a label of its own, such as "${v.label}"`,
    hint: 'A name or a number of each row is no label. Import the file again and say which column is the label, or relabel the examples.',
  },
  GROUPS_TOO_FEW: {
    title: 'too few recordings',
    meaning: 'Whole groups were to be held out to test on, and every label lies in a single one.',
    message: (v: { groups: number; examples: number }) =>
      `no group can be held out to test on: ${v.examples} examples lie in ${v.groups} group${v.groups === 1 ? '' : 's'}, each label in one alone`,
    hint: 'Record each label once more, in a recording of its own, or choose to test by "time" or "row".',
  },
  VALUE_CONSTANT: {
    title: 'value never changes',
    meaning: 'A number is to be learnt, and it is the same in every example.',
    message: (v: { value: number; examples: number }) => `all ${v.examples} examples have the value ${v.value}`,
    hint: 'Collect examples of other values too. To learn what is usual, choose the task "anomaly".',
  },
  LABELS_MISSING: {
    title: 'no labels',
    meaning: 'Labels or values are to be learnt, and no example has one.',
    message: (v: { task: string; examples: number }) => `none of ${v.examples} examples has a label for a ${v.task}`,
    hint: 'Label examples in the data set, or choose the task "anomaly", which learns from normal operation alone.',
  },
  LABELS_NOT_NUMBERS: {
    title: 'labels no numbers',
    meaning: 'A regression learns numbers, and some labels are words.',
    message: (v: { label: string; rows: number }) =>
      `${v.rows} example${v.rows === 1 ? ' has a label that is' : 's have labels that are'} no number, such as "${v.label}"`,
    hint: 'Choose the task "classification", or relabel these examples with numbers.',
  },
  LABEL_ONLY_TESTED: {
    title: 'label not learnable',
    meaning: 'Every example of a label was held out to test on, so that nothing is left to learn it from.',
    message: (v: { labels: readonly string[] }) =>
      `nothing is left to learn ${v.labels.map((l) => `"${l}"`).join(', ')} from`,
    hint: 'Record this label once more, in a recording of its own, or choose to test by "time" or "row".',
  },
  FEATURES_ALL_EQUAL: {
    title: 'features all equal',
    meaning: 'Every example has the same values: there is nothing to tell them apart by.',
    message: (v: { features: number; examples: number }) =>
      `all ${v.features} features are the same in all ${v.examples} examples`,
    hint: 'See that the sensor is connected and that its readings change, then record again.',
  },
  BLOCKS_INVALID: {
    title: 'wrong blocks',
    meaning: 'The blocks that are to make features of windows cannot be read.',
    message: (v: { block: number; problem: string }) => `block ${v.block}: ${v.problem}`,
    hint: 'Take them from the features node, or leave them out: then they are chosen by the data.',
  },
  TRAINERS_FAILED: {
    title: 'nothing learnt',
    meaning: 'None of the trainers that were tried learnt anything in the time allowed.',
    message: (v: { reasons: readonly string[] }) => `nothing was learnt: ${v.reasons.join('; ')}`,
    hint: 'Allow more time, or choose one trainer, which then says what it misses.',
  },
  LABELS_TOO_FEW: {
    title: 'only one label',
    meaning: 'A classifier needs at least two labels to tell apart.',
    message: (v: { labels: readonly string[] }) => `the examples have ${v.labels.length} label: ${v.labels.join(', ')}`,
    hint: 'Collect examples of another state too. To be told of whatever is not like these, choose the task "anomaly": it learns from one state alone.',
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
  TRAINING_ENDED: {
    title: 'training ended',
    meaning:
      'The process that trained or evaluated a model was ended from outside, or ran out of memory. Nothing was stored.',
    message: (v: { how: string }) => `the process of the training ended before it was done: ${v.how}`,
    hint: 'Train again. If it ran out of memory, take fewer examples or features, or a simpler trainer, or raise MILLRACE_LIMIT_TRAINING_HEAP_MEGABYTES.',
  },
  TRAINING_CANCELLED: {
    title: 'cancelled',
    meaning: 'Somebody cancelled the training. Nothing was stored.',
    message: () => 'the training was cancelled',
    hint: 'Start it again when you like.',
  },
  TRAINING_DISK_FULL: {
    title: 'disk full',
    meaning: 'There was no room on the disk for the model. Nothing was stored.',
    message: () => 'the disk is full: the model could not be written',
    hint: 'Make room, for example by removing old versions of models or recordings, and train again.',
  },
  DATA_SET_TOO_LARGE: {
    title: 'data set too large',
    meaning: 'A data set holds more numbers than are to be in memory at once.',
    message: (v: { name: string; examples: number; numbers: number; limit: number }) =>
      `the data set "${v.name}" has ${v.examples} examples with ${v.numbers} numbers, and the limit is ${v.limit}`,
    hint: 'Remove examples, or make features of windows, or raise MILLRACE_LIMIT_TRAINING_NUMBERS if there is memory for it.',
  },
  EMBEDDING_UNFIT: {
    title: 'embedding unfit',
    meaning:
      'A model cannot be the front of another: it does not answer one vector of numbers, or its operators are too old.',
    message: (v: { model: string; problem: string }) => `"${v.model}" cannot be an embedding: ${v.problem}`,
    hint: 'Export it with one float32 output and ai.onnx 13 or newer: of a network, the layer before the last.',
  },
  EVALUATION_NOTHING_LEFT: {
    title: 'nothing to test on',
    meaning: 'No example is left to measure a model on: they have no labels, or the model has learnt from all of them.',
    message: (v: { dataSet: string; examples: number }) =>
      `none of the ${v.examples} examples of "${v.dataSet}" can be used to measure the model`,
    hint: 'Record new examples with labels, and evaluate on these.',
  },
  EVALUATION_UNFIT: {
    title: 'cannot be measured',
    meaning: 'Models of this kind have no answer that could be right or wrong.',
    message: (v: { model: string; problem: string }) => `"${v.model}" cannot be measured: ${v.problem}`,
    hint: 'Choose a model for classes, values or anomalies.',
  },
  EVALUATION_TASKS_DIFFER: {
    title: 'tasks differ',
    meaning: 'Two models that are for different things cannot be compared.',
    message: (v: { champion: string; challenger: string }) =>
      `${v.champion} and ${v.challenger} answer different questions`,
    hint: 'Compare two models of the same task.',
  },
  TRUTH_WITHOUT_ID: {
    title: 'no id',
    meaning: 'A truth, or a prediction without one, came without an id: the two could never be joined.',
    message: (v: { what: string }) => `${v.what} has no id, so that it cannot be joined with its other half`,
    hint: 'Keep msg.id of the prediction, and send it along with msg.truth.',
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

import { defineErrors } from '../base/index.ts';

const list = (names: readonly string[]) => (names.length > 6 ? `${names.slice(0, 6).join(', ')} …` : names.join(', '));

export const errors = defineErrors('drift', {
  SAMPLE_EMPTY: {
    title: 'nothing to compare',
    meaning: 'A two-sample statistic was asked to compare a sample without values.',
    message: (v: { statistic: string }) => `${v.statistic} needs at least one value in each sample`,
    hint: 'Give both samples at least one value that is a number.',
  },
  SAMPLE_NOT_FINITE: {
    title: 'not a number',
    meaning: 'A two-sample statistic was given a value that is no number, or infinite, or a count below zero.',
    message: (v: { statistic: string; value: number }) => `${v.statistic} cannot be made of the value ${v.value}`,
    hint: 'Leave out what is missing or infinite before you compare, and count it.',
  },
  COUNTS_UNEQUAL: {
    title: 'counts do not fit',
    meaning: 'Two sets of counts that are to be compared are not of the same bins or categories.',
    message: (v: { statistic: string; reference: number; current: number }) =>
      `${v.statistic} was given ${v.reference} counts of the reference and ${v.current} of the current values`,
    hint: 'Count both samples in the same bins or categories, also those that are empty.',
  },
  DETECTOR_INPUT: {
    title: 'value unusable',
    meaning: 'A detector of changes was given a value that it cannot use.',
    message: (v: { detector: string; value: number; wanted: string }) =>
      `${v.detector} takes ${v.wanted}, got ${v.value}`,
    hint: 'Detectors of errors take 1 for a wrong answer and 0 for a right one; the others take any finite number. Leave out what is missing.',
  },
  DETECTOR_STATE: {
    title: 'state unusable',
    meaning: 'What was saved of a detector is of another one, or of other settings, and cannot be gone on with.',
    message: (v: { detector: string; found: string }) => `${v.detector} cannot go on from a saved state of ${v.found}`,
    hint: 'Give a detector what the same detector has saved with the same settings, or nothing: then it begins anew.',
  },
  REFERENCE_TOO_SHORT: {
    title: 'reference too short',
    meaning: 'The reference has too few rows to tell how far a healthy window strays from it.',
    message: (v: { rows: number; needed: number; window: number }) =>
      `the reference has ${v.rows} rows; windows of ${v.window} rows need at least ${v.needed}`,
    hint: 'Give the model package more reference rows, set a smaller window, or let the node learn its reference from the stream.',
  },
  REFERENCE_UNUSABLE: {
    title: 'reference unusable',
    meaning: 'Not one feature of the reference varies enough, or has enough numbers, to be monitored.',
    message: (v: { reasons: readonly string[] }) => `no feature of the reference can be monitored: ${list(v.reasons)}`,
    hint: 'Use a reference from a time when the machine ran as usual, or let the node learn one from the stream.',
  },
  REFERENCE_OF_OTHER_MODEL: {
    title: 'other model',
    meaning: 'The package that is registered under the name and version of the prediction is not the one that made it.',
    message: (v: { model: string; predicted: string; found: string }) =>
      `the prediction was made by "${v.model}" with digest ${v.predicted.slice(0, 12)}…, but the registered package has ${v.found.slice(0, 12)}…`,
    hint: "Deploy again, so that prediction and monitor use the same package, or choose the model in this node's dialog.",
  },
  DRIFT_MODELS_MIXED: {
    title: 'several models',
    meaning: 'The predictions of several models come to one node by turns, which can watch those of one.',
    message: (v: { refused: string; watched: string }) =>
      `this node watches ${v.watched}, and ${v.refused} still sends to it`,
    hint: 'Give each model a drift node of its own, behind its "infer" node.',
  },
  DRIFT_FEATURES_MISSING: {
    title: 'features missing',
    meaning: 'A message lacks features that the reference has.',
    message: (v: { expected: number; missing: readonly string[]; unknown: readonly string[] }) =>
      `the reference has ${v.expected} features; missing in this message: ${list(v.missing)}` +
      (v.unknown.length === 0 ? '' : `; not in the reference: ${list(v.unknown)}`),
    hint: 'Wire the node behind the "infer" or "features" node of the same model. If the features have changed on purpose, deploy the node again: it then starts anew.',
  },
  DRIFT_FEATURE_NOT_NUMBER: {
    title: 'not a number',
    meaning: 'A feature of a message is a text or another thing that is no number.',
    message: (v: { feature: string; value: string }) => `feature "${v.feature}" is ${v.value}, not a number`,
    hint: 'Turn it into a number before this node, or leave it out. A missing measurement may be null.',
  },
  DRIFT_INPUT: {
    title: 'no features',
    meaning: 'A message holds neither features nor numbers.',
    message: (v: { property: string; value: string }) => `msg.${v.property} is ${v.value}: there are no features in it`,
    hint: 'Wire the node behind "infer" or "features", or send a number or an object of numbers.',
  },
  DRIFT_STREAM_NOT_FOUND: {
    title: 'not watched',
    meaning: 'The past of a drift node was asked for that has none on this machine.',
    message: (v: { node: string }) => `nothing is known of a drift node "${v.node}" on this machine`,
    hint: 'Look at the list of what is watched: in the sidebar, or by "millrace drift list". A node is in it from its first comparison on.',
  },
  DRIFT_HISTORY_CLOSED: {
    title: 'stopping',
    meaning: 'The past of drift was asked for, or was to be kept, while Millrace stops.',
    message: (v: { directory: string }) => `the history of drift in ${v.directory} is closed`,
    hint: 'Ask again once it runs.',
  },
  DRIFT_NOT_KEPT: {
    title: 'drift not kept',
    meaning:
      'What a drift node knows could not be written to disk. It goes on watching; after a restart it would begin where it was kept last.',
    message: (v: { reason: string }) => `what is known of drift could not be kept: ${v.reason}`,
    hint: 'Free space on the disk, or give the user that runs Millrace the right to write there. It is tried again at the next comparison.',
  },
});

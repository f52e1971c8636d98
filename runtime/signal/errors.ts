import { defineErrors } from '../base/index.ts';

const names = (list: readonly string[]) => list.join(', ');

export const errors = defineErrors('signal', {
  READING_NOT_NUMERIC: {
    title: 'not a number',
    meaning: 'A reading held neither a number nor an object of named numbers.',
    message: (v: { value: string }) => `a reading must be a number or an object of named numbers, got ${v.value}`,
    hint: 'Wire a node that sends numbers, or convert the text to a number before the window.',
  },
  WINDOW_INVALID: {
    title: 'not a window',
    meaning: 'What should be a window of samples is not one.',
    message: (v: { problem: string }) => `the payload is not a window: ${v.problem}`,
    hint: 'Wire the output of a "window" node here.',
  },
  WINDOW_CHANNELS_MISSING: {
    title: 'channel missing',
    meaning: 'The window lacks channels that the recipe uses.',
    message: (v: { missing: readonly string[]; found: readonly string[] }) =>
      `the recipe needs the channels ${names(v.missing)}, the window has only ${names(v.found)}`,
    hint: 'Give the sensor these channel names, or choose a recipe for the channels that there are.',
  },
  WINDOW_LENGTH_WRONG: {
    title: 'wrong window length',
    meaning: 'The window has not as many samples as the recipe was made for.',
    message: (v: { expected: number; found: number }) =>
      `the recipe is made for windows of ${v.expected} samples, got ${v.found}`,
    hint: (v: { expected: number }) => `Set the "window" node's length to ${v.expected}.`,
  },
  WINDOW_RATE_WRONG: {
    title: 'wrong sample rate',
    meaning: 'The window was sampled at another rate than the recipe was made for.',
    message: (v: { expected: number; found: number }) =>
      `the recipe is made for ${v.expected} samples a second, got ${Number(v.found.toPrecision(4))}`,
    hint: (v: { expected: number }) => `Set the source's sample rate to ${v.expected} Hz.`,
  },
  WINDOW_VALUE_INVALID: {
    title: 'value not finite',
    meaning: 'The window holds a NaN or an infinity.',
    message: (v: { channel: string; sample: number; value: number }) =>
      `sample ${v.sample} of the channel "${v.channel}" is ${v.value}`,
    hint: 'The "window" node leaves such samples out. If the window was made elsewhere, clean it there.',
  },
  FEATURE_INVALID: {
    title: 'feature not finite',
    meaning:
      'A recipe made a NaN or an infinity of a window of finite values: it scales them beyond what numbers hold.',
    message: (v: { feature: string; value: number }) => `the feature "${v.feature}" is ${v.value}`,
    hint: 'Look in the "features" node at what each block makes of the window, and at the factors of the "scale" blocks.',
  },
  RECIPE_MISSING: {
    title: 'model has no recipe',
    meaning: "The model's package does not say how a window becomes its features.",
    message: (v: { model: string }) => `the model "${v.model}" has no recipe`,
    hint: 'Choose features of your own in the "features" node, as the model was trained with.',
  },
  RECIPE_INVALID: {
    title: 'recipe not valid',
    meaning: 'A recipe contradicts itself or cannot be read.',
    message: (v: { path: string; problem: string }) => `the recipe is wrong at "${v.path}": ${v.problem}`,
    hint: 'Correct the blocks in the "features" node, or take the recipe of a model.',
  },
  CHANNELS_UNEQUAL: {
    title: 'unequal channels',
    meaning: 'A reading that is a batch has not as many values of one channel as of another.',
    message: (v: { lengths: Readonly<Record<string, number>> }) =>
      `a batch needs as many values of every channel, got ${names(Object.entries(v.lengths).map(([name, length]) => `${name}: ${length}`))}`,
    hint: 'Send the values of all channels that were taken together in one batch, or each reading on its own.',
  },
  BATCH_RATE_INVALID: {
    title: 'batch without rate',
    meaning: 'A batch of values does not say when each of them was taken.',
    message: (v: { value: string }) => `a batch needs the samples a second, or the time of each sample; got ${v.value}`,
    hint: 'Set msg.rate to the samples a second, or msg.times to one time a sample, or the rate in the "window" node.',
  },
  WINDOW_SETTINGS_INVALID: {
    title: 'settings disagree',
    meaning: 'The settings of a window contradict each other.',
    message: (v: { problem: string }) => `the window's settings contradict each other: ${v.problem}`,
    hint: 'Open the "window" node and change one of the two, then deploy.',
  },
  WINDOW_TOO_LARGE: {
    title: 'window too large',
    meaning: 'A window would take more memory than windows may.',
    message: (v: { samples: number; channels: number; limit: number }) =>
      `a window of ${v.samples} samples × ${v.channels} channels is ${v.samples * v.channels} values, more than ${v.limit}`,
    hint: 'Make the window shorter, or set MILLRACE_LIMIT_WINDOW_VALUES higher: a value takes up to 12 bytes.',
  },
  FILTER_INVALID: {
    title: 'filter not valid',
    meaning: 'A filter cannot be made as it was asked for.',
    message: (v: { problem: string }) => `the filter cannot be made: ${v.problem}`,
    hint: 'Choose cut-offs above 0 and below half the sample rate, the lower one first, and an order from 1 to 16.',
  },
  FILTER_READING_INVALID: {
    title: 'value not finite',
    meaning:
      'A reading that was to be filtered holds a NaN, an infinity or a number above 3.4e38, or lacks a channel. It is left out.',
    message: (v: { channel: string; value: string; count: number }) =>
      `the channel "${v.channel}" is ${v.value} in a reading, which the filter left out (${v.count} so far)`,
    hint: 'Look at the source of this channel. A "groom" node before the filter leaves such readings out.',
  },
  UNIT_UNKNOWN: {
    title: 'unit unknown',
    meaning: 'A unit is to be converted that is not known, or that is of another dimension than the wanted one.',
    message: (v: { from: string; to: string }) => `"${v.from}" cannot be converted to "${v.to}"`,
    hint: 'Choose in the "groom" node the unit that the readings come in, and one of the same kind to convert them to.',
  },
  UNIT_MISMATCH: {
    title: 'other unit',
    meaning: 'A reading names another unit than the one that is to be converted.',
    message: (v: { expected: string; found: string }) =>
      `readings in ${v.expected} were expected, this one is in ${v.found}`,
    hint: 'Choose in the "groom" node the unit that the readings come in.',
  },
});

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
});

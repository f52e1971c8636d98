import { defineErrors } from '../base/index.ts';

interface Mismatch {
  readonly model: string;
  readonly expected: number;
  readonly got: number;
  readonly missing?: readonly string[];
  readonly unknown?: readonly string[];
}

const SHOWN = 8;

function named(word: string, names: readonly string[] = []): string[] {
  if (names.length === 0) return [];
  const rest = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return [`${word}: ${names.slice(0, SHOWN).join(', ')}${rest}`];
}

const plural = (count: number) => `${count} feature${count === 1 ? '' : 's'}`;

export const errors = defineErrors('inference', {
  MODEL_INPUT_MISMATCH: {
    title: 'wrong features',
    meaning: 'The features in the message are not those that the model takes.',
    message: ({ model, expected, got, missing, unknown }: Mismatch) => {
      const names = [...named('missing', missing), ...named('unknown', unknown)];
      const detail = names.length > 0 ? ` (${names.join('; ')})` : '';
      return `model "${model}" expects ${plural(expected)}, got ${got}${detail}`;
    },
    hint: 'Wire the same "features" settings that the model was trained with, or open the model\'s card to see its recipe.',
  },
  RECIPE_DIFFERS: {
    title: 'other recipe',
    meaning:
      'A warning: the features have the names that the model takes, but were made by another recipe than those that it was trained with.',
    message: (v: { model: string; expected: string; found: string }) =>
      `model "${v.model}" was trained with the recipe ${v.expected.slice(0, 8)}…, these features are of ${v.found.slice(0, 8)}…`,
    hint: 'Choose the same model in the "features" node, or send the window itself to the "infer" node, which then runs the recipe of the model.',
  },
  MODEL_INPUT_TYPE: {
    title: 'wrong input type',
    meaning: 'The message holds something that the model cannot take as features.',
    message: (v: { model: string; got: string }) =>
      `model "${v.model}" takes named features, an array of numbers or a window, got ${v.got}`,
    hint: 'Wire a "features" or "window" node before this node, or set the property that holds the features.',
  },
  MODEL_INPUT_NOT_FINITE: {
    title: 'not a number',
    meaning: 'A feature is no finite number (32-bit), so that no prediction would mean anything.',
    message: (v: { model: string; feature: string; value: string }) =>
      `model "${v.model}" got ${v.value} for the feature "${v.feature}"`,
    hint: 'Look at the sensor and the nodes before this one: a channel is missing, stuck or divided by zero.',
  },
  MODEL_WITHOUT_RECIPE: {
    title: 'needs features',
    meaning: 'A window reached a model whose package does not say how a window becomes features.',
    message: (v: { model: string }) => `model "${v.model}" has no recipe, so that it cannot take a window`,
    hint: 'Wire a "features" node between the window and this node.',
  },
  MODEL_INPUT_UNSUPPORTED: {
    title: 'unsupported input',
    meaning: 'The model takes something other than one row of features as 32-bit numbers.',
    message: (v: { model: string; inputs: string }) =>
      `model "${v.model}" takes ${v.inputs}, not one row of features of type float32`,
    hint: 'Export the model with one float32 input of shape [1, features], and name the features in its model.json.',
  },
  MODEL_NOT_LOADED: {
    title: 'model not loaded',
    meaning: 'ONNX Runtime could not load the model.',
    message: (v: { model: string; tier: string; reason: string }) =>
      `model "${v.model}" could not be loaded (${v.tier}): ${v.reason}`,
    hint: 'The model may need a newer ONNX Runtime or an operator that it lacks. Export it with opset 17 or lower.',
  },
  MODEL_OUTPUT_UNSUITABLE: {
    title: 'unsuitable output',
    meaning: 'What the model answers does not fit the task that its model.json names.',
    message: (v: { model: string; task: string; outputs: string }) =>
      `model "${v.model}" should answer a ${v.task}, but its outputs are ${v.outputs}`,
    hint: 'Correct "task", "outputs" and "labels" in the package\'s model.json.',
  },
  MODEL_RUN_FAILED: {
    title: 'model failed',
    meaning: 'ONNX Runtime failed while it ran the model.',
    message: (v: { model: string; reason: string }) => `model "${v.model}" failed: ${v.reason}`,
    hint: 'The model does not take this input. Compare the shapes in its model.json with those of its model.onnx.',
  },
  VECTORS_DISAGREE: {
    title: 'vectors disagree',
    meaning: 'On this machine the model does not give the answers that its package promises.',
    message: (v: {
      model: string;
      tier: string;
      vector: number;
      output: string;
      expected: number | string;
      got: number | string;
      difference: number | undefined;
      tolerance: number;
    }) => {
      const by = v.difference === undefined ? '' : `, ${v.difference} apart (tolerance ${v.tolerance})`;
      return `model "${v.model}" (${v.tier}) answers test vector ${v.vector} with ${v.output} = ${v.got} instead of ${v.expected}${by}`;
    },
    hint: 'Do not trust this model here. Import the package again; if it stays, force the other tier and report it.',
  },
  TIER_UNAVAILABLE: {
    title: 'no ONNX Runtime',
    meaning: 'None of the allowed ways of running a model works on this machine.',
    message: (v: { reasons: string }) => `no ONNX Runtime can be loaded: ${v.reasons}`,
    hint: 'Install onnxruntime-web (any machine) or onnxruntime-node beside Millrace, and unset MILLRACE_TIER.',
  },
  TIER_UNKNOWN: {
    title: 'unknown tier',
    meaning: 'MILLRACE_TIER names no way of running a model.',
    message: (v: { tier: string }) => `MILLRACE_TIER is "${v.tier}"`,
    hint: 'Set it to "native" or "wasm", or leave it out.',
  },
  QUEUE_FULL: {
    title: 'queue full',
    meaning: 'Messages arrive faster than the model answers, so that the newest was refused.',
    message: (v: { model: string; waiting: number }) => `${v.waiting} requests wait for model "${v.model}" already`,
    hint: 'Send fewer messages: lengthen the stride of the window, or put a "delay" node with a rate limit before this node.',
  },
  INFERENCE_CLOSED: {
    title: 'closed',
    meaning: 'A prediction was asked of a model that was let go of, or in a process that is ending.',
    message: (v: { model: string }) => `model "${v.model}" is closed`,
    hint: 'Deploy again.',
  },
  INFERENCE_STOPPED: {
    title: 'inference stopped',
    meaning: 'The thread that runs the models ended while this request waited. The next request starts a new one.',
    message: (v: { model: string; reason: string }) => `model "${v.model}" gave no answer: ${v.reason}`,
    hint: 'Send the message again. If it happens often, the machine may be short of memory.',
  },
});

import { defineErrors } from '../base/index.ts';

interface Counts {
  readonly model: string;
  readonly expected: number;
  readonly got: number;
  /** What is counted, if no features are. */
  readonly what?: 'input';
}

interface Mismatch extends Counts {
  readonly missing?: readonly string[];
  readonly unknown?: readonly string[];
}

const SHOWN = 8;

function named(word: string, names: readonly string[] = []): string[] {
  if (names.length === 0) return [];
  const rest = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return [`${word}: ${names.slice(0, SHOWN).join(', ')}${rest}`];
}

function counted({ model, expected, got, what }: Counts, detail: string): string {
  return `model "${model}" expects ${plural(expected, what)}, got ${got}${detail === '' ? '' : ` (${detail})`}`;
}

const plural = (count: number, what = 'feature') => `${count} ${what}${count === 1 ? '' : 's'}`;

export const errors = defineErrors('inference', {
  MODEL_INPUT_MISMATCH: {
    title: 'wrong features',
    meaning: 'Features that the model takes are missing in the message.',
    message: ({ missing, unknown, ...counts }: Mismatch) => {
      const names = [...named('missing', missing), ...named('unknown', unknown)];
      return counted(counts, names.join('; '));
    },
    hint: 'Wire the same "features" settings that the model was trained with, or measure it on a data set that was collected with them. Its card shows its recipe.',
  },
  MODEL_INPUT_EXTRA: {
    title: 'extra features',
    meaning: 'The message holds every feature that the model takes, and others beside them.',
    message: ({ unknown, ...counts }: Mismatch) => counted(counts, named('unknown', unknown).join()),
    hint: 'Leave the others out, with a "change" node or in the settings of the "features" node. They are refused because they may show that the features were made for another model.',
  },
  MODEL_INPUT_MISNAMED: {
    title: 'misnamed feature',
    meaning: 'A feature is missing, and another has almost its name.',
    message: ({ meant, ...counts }: Counts & { meant: (readonly [string, string])[] }) => {
      const pairs = meant.map(([got, takes]) => `"${got}" where it takes "${takes}"`);
      return counted(counts, named('misnamed', pairs).join());
    },
    hint: 'Rename the feature with a "change" node, or name it so where it is made. Case and separators count.',
  },
  MODEL_INPUT_LENGTH: {
    title: 'wrong length',
    meaning: 'An array holds more or fewer values than the model takes for one row.',
    message: ({ names, ...counts }: Counts & { names: string[] }) =>
      counted(
        counts,
        named(
          counts.got < counts.expected ? 'missing' : 'they are',
          names.slice(counts.got < counts.expected ? counts.got : 0),
        ).join(),
      ),
    hint: "Send one value a feature, in the order of the model's card. For several rows send an array of arrays.",
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
    meaning: 'The message holds something that the model cannot take.',
    message: (v: { model: string; takes: string; got: string }) => `model "${v.model}" takes ${v.takes}, got ${v.got}`,
    hint: 'Set the property that holds what the model takes, or wire a node before this one that makes it: "features" or "window" for sensors, "json" for texts that hold data.',
  },
  MODEL_INPUT_NOT_FINITE: {
    title: 'not a number',
    meaning: "A value is missing or no finite number in the model's type, so that no prediction would mean anything.",
    message: (v: { model: string; feature: string; value: string }) =>
      `model "${v.model}" got ${v.value} for the feature "${v.feature}"`,
    hint: 'Look at the sensor and the nodes before this one: a channel is missing, stuck or divided by zero. If the model was trained with missing values, set "missing" to true for this input in its model.json.',
  },
  MODEL_VALUE_TYPE: {
    title: 'wrong value type',
    meaning: 'A value is of another type than the model takes there: a text for a number, or a number for a text.',
    message: (v: { model: string; feature: string; words: string; value: string }) =>
      `model "${v.model}" takes ${v.words} for "${v.feature}", got ${v.value}`,
    hint: 'Convert it with a "change" or "function" node, for example Number(value) or String(value).',
  },
  MODEL_VALUE_RANGE: {
    title: 'value out of range',
    meaning:
      'A value does not fit the whole-number type that the model takes: it has a fraction, or is too large or too small.',
    message: (v: { model: string; feature: string; type: string; least: bigint; most: bigint; value: string }) =>
      `model "${v.model}" takes a whole number from ${v.least} to ${v.most} (${v.type}) for "${v.feature}", got ${v.value}`,
    hint: 'Round the value, or check its unit: the model was trained with whole numbers.',
  },
  MODEL_WITHOUT_RECIPE: {
    title: 'needs features',
    meaning: 'A window reached a model whose package does not say how a window becomes features.',
    message: (v: { model: string }) => `model "${v.model}" has no recipe, so that it cannot take a window`,
    hint: 'Wire a "features" node between the window and this node.',
  },
  MODEL_INPUT_UNSUPPORTED: {
    title: 'unsupported input',
    meaning:
      'An input of the model cannot be made from a message: its type, its shape and what its model.json says of it do not fit.',
    message: (v: { model: string; inputs: string }) =>
      `model "${v.model}" takes ${v.inputs}, which no message can be turned into`,
    hint: 'Name as many features in its model.json as a row has values; give a picture its "image" settings. A type such as bfloat16 or complex64 needs another export, with inputs of type float32.',
  },
  MODEL_BATCH_EMPTY: {
    title: 'empty batch',
    meaning: 'An empty array came, which asks for no prediction at all.',
    message: (v: { model: string }) => `model "${v.model}" got an array with nothing in it`,
    hint: 'Look at the nodes before this one, or put a "switch" node with "is not empty" before it.',
  },
  MODEL_SHAPE_MISMATCH: {
    title: 'wrong shape',
    meaning:
      'The shape of a tensor or of nested arrays is not the one that the model takes, or does not go with the number of values.',
    message: (v: { model: string; input: string; expected: string; got: string; values: number }) =>
      `model "${v.model}" takes ${v.expected} for "${v.input}", got ${v.got} with ${v.values} values`,
    hint: "The first dimension counts rows; the others must be as the model's card says, and their product the number of values.",
  },
  MODEL_SHAPE_UNKNOWN: {
    title: 'shape unknown',
    meaning: 'The model leaves more than one dimension open, so that a plain list of values does not say its shape.',
    message: (v: { model: string; input: string; expected: string; values: number }) =>
      `model "${v.model}" takes ${v.expected} for "${v.input}": ${v.values} values in a row can have several such shapes`,
    hint: 'Send nested arrays, or {data, shape} with the shape told. For windows set the layout of the input\'s "window" in model.json.',
  },
  MODEL_BATCH_UNEVEN: {
    title: 'uneven batch',
    meaning: 'The parts of a batch, the inputs of one request, or nested arrays at one depth differ in size.',
    message: (v: { model: string; input: string }) =>
      `model "${v.model}" got parts of different sizes for "${v.input}", which are no one tensor`,
    hint: 'Make every part as long as the first, or send them one by one.',
  },
  MODEL_WINDOW_CHANNELS: {
    title: 'wrong channels',
    meaning: 'A window does not have the channels that the model takes.',
    message: (v: { model: string; expected: string; got: readonly string[] }) =>
      `model "${v.model}" takes a window with ${v.expected}, got ${v.got.slice(0, SHOWN).join(', ')}`,
    hint: 'Choose the same channels in the "window" node, under the names that the model\'s card shows.',
  },
  MODEL_WINDOW_LENGTH: {
    title: 'wrong window length',
    meaning: 'A window holds more or fewer samples than the model takes.',
    message: (v: { model: string; expected: number; got: number }) =>
      `model "${v.model}" takes windows of ${v.expected} samples, got ${v.got}`,
    hint: 'Set the length of the "window" node to what the model takes.',
  },
  MODEL_IMAGE_UNKNOWN: {
    title: 'no picture',
    meaning: 'The bytes that came are neither a PNG nor a JPEG picture.',
    message: (v: { model: string; bytes: number; first: string; looks: string | undefined }) =>
      `model "${v.model}" takes a PNG or JPEG picture, got ${v.bytes} bytes that begin with ${v.first || 'nothing'}${v.looks ? ` (${v.looks})` : ''}`,
    hint: 'Send the bytes of a PNG or JPEG file as a buffer: "read file" as "a single buffer", "http request" returning "a binary buffer". Convert other formats first.',
  },
  MODEL_IMAGE_DAMAGED: {
    title: 'damaged picture',
    meaning: 'A picture begins as a PNG or JPEG does, but cannot be read to its end.',
    message: (v: { model: string; format: string; reason: string }) =>
      `model "${v.model}" got a ${v.format} that cannot be read: ${v.reason}`,
    hint: 'It may have been cut off on its way, or changed by being handled as text. Open the file with another program.',
  },
  MODEL_IMAGE_TOO_LARGE: {
    title: 'picture too large',
    meaning: 'A picture has more pixels than may be decoded: it would take much memory and time.',
    message: (v: { model: string; width: number; height: number; limit: number }) =>
      `model "${v.model}" got a picture of ${v.width} × ${v.height} pixels, more than ${v.limit} in all`,
    hint: 'Let the camera take smaller pictures, or raise MILLRACE_LIMIT_IMAGE_PIXELS where memory allows it.',
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
  MODEL_ENDS_PROCESS: {
    title: 'model crashes',
    meaning:
      'A process that loaded the model for a trial ended at once. The model is not loaded, so that Millrace goes on running.',
    message: (v: { model: string; how: string; output: string }) =>
      `model "${v.model}" ended the process that tried it (${v.how})${v.output === '' ? '' : `: ${v.output}`}`,
    hint: 'Export the model again with float32 inputs and outputs and a lower opset, for instance 17. If the machine is short of memory, use a smaller model.',
  },
  TIER_UNSUITABLE: {
    title: 'tier unsuitable',
    meaning: 'A way of running models was asked for that this model cannot take.',
    message: (v: { model: string; tier: string; reason: string }) =>
      `model "${v.model}" cannot be run as ${v.tier}: ${v.reason}`,
    hint: 'Leave the choice to Millrace, or choose "native".',
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
    hint: 'Set it to "compiled", "native" or "wasm", or leave it out.',
  },
  EXPLANATION_UNAVAILABLE: {
    title: 'no explanation',
    meaning: 'Only predictions from one row of named features can be explained by what each feature did.',
    message: (v: { model: string }) => `model "${v.model}" takes no single row of named features`,
    hint: 'Ask for one prediction, not for a batch. Pictures, texts and windows cannot be explained feature by feature.',
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
  LIBRARY_NOT_REMOVED: {
    title: 'not removed',
    meaning: 'A library for other machines could not be removed from the installation.',
    message: (v: { path: string; reason: string }) => `cannot remove ${v.path}: ${v.reason}`,
    hint: 'Run it as the user who installed Millrace, often root. Nothing is broken: it only takes room.',
  },
});

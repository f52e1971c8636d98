/** What the part "Models" of the sidebar and the dialog of a model say. */
import type { Explanation, InputKind, ModelVersion, OutputRole } from '../../runtime/messages/index.ts';
import { bytes, percent } from './numbers.ts';
import { dateWords } from './recording-words.ts';

export const MODEL_WORDS = {
  import: 'Import a model',
  drop: 'or drop a .onnx file here',
  dropOnly: 'Drop it',
  readOnly: 'You may look at models, but not import any.',
  reading: (file: string) => `Reading ${file} …`,
  list: 'Models',
  none: 'No models yet',
  noneHint: 'Import a .onnx file: what scikit-learn, PyTorch, TensorFlow, XGBoost and others export.',
  loading: 'Loading …',
  missing: 'The model keeps its numbers in other files. Choose them, too:',
  chooseFile: 'Choose the file',
  found: 'What Millrace found',
  takes: 'It takes',
  gives: 'It gives',
  task: 'Task',
  madeBy: 'Made by',
  name: 'Name',
  version: 'Version',
  note: 'Note',
  about: 'What it is for',
  notePlaceholder: 'Where it came from, who may use it',
  addNote: 'Add a note',
  editNote: 'Change the note',
  save: 'Save',
  cancel: 'Cancel',
  labels: 'Labels',
  labelsHint: 'What the answers mean: one a line, in the model’s order.',
  label: (index: number) => `Label ${index + 1}`,
  features: (count: number) => (count === 1 ? 'The number that it takes' : `The ${count} numbers that it takes`),
  feature: (index: number) => `Name of number ${index + 1}`,
  unit: (index: number) => `Unit of number ${index + 1}`,
  featureHead: 'Name',
  unitHead: 'Unit',
  readAs: 'Read as',
  mayMiss: 'Values may be missing',
  channels: 'Channels, in order',
  channelsPlaceholder: 'as they come',
  windowLayout: 'Layout',
  width: 'Width',
  height: 'Height',
  colours: 'Colours',
  layout: 'Layout',
  mean: 'Minus',
  scale: 'Times',
  imageHint: 'Pixels are 0 to 255. Minus and times: one number, or one a colour.',
  more: 'More',
  outputs: 'What each output is',
  squash: 'made into shares by',
  asAlias: 'Use it at once as',
  noAlias: 'nothing yet',
  details: 'Details',
  file: 'File',
  opsets: 'Operator sets',
  operators: 'Operators',
  learnt: 'Learnt numbers',
  metadata: 'Written in the file',
  sample: 'One try',
  sampleHint: 'Millrace made up an input, only to see that the model answers.',
  sampleWait: 'Trying …',
  cannot: 'It does not answer yet',
  stale: 'The try is of the choices before.',
  tryAgain: 'Try it with these choices',
  add: 'Import',
  adding: 'Importing …',
  discard: 'Cancel',
  newest: 'newest',
  shipped: 'came\u00a0with\u00a0Millrace',
  accuracy: (share: number) => `${percent(share)} right`,
  aliases: 'Names that move',
  setAlias: 'Use as …',
  aliasMenu: (version: string) => `Use version ${version} as`,
  dropAlias: (alias: string) => `Take “${alias}” away`,
  ownAlias: 'another name …',
  aliasName: 'Name, such as “line-2”',
  download: 'Download .onnx',
  remove: 'Delete',
  reallyRemove: (version: string) => `Delete ${version} for good?`,
  keep: 'Keep',
  tryIt: 'Try it',
  ask: 'Ask the model',
  asking: 'Asking …',
  inputJson: 'Input (JSON)',
  picture: 'Picture',
  pictureMissing: 'Choose a picture first.',
  notJson: 'This is not JSON yet.',
  notNumber: (name: string) => `“${name}” is no number.`,
  text: 'Text',
  answered: (time: string) => `answered in ${time}`,
  explained: 'Why',
  recipe: 'Recipe',
  recipeHint: 'Its features are made from windows by this recipe',
  digest: 'Digest',
  runs: 'Runs here',
  runsUnknown: 'not measured yet: it is when a flow uses it or you try it',
  vectors: 'Checked with',
  vectorWords: (count: number) => (count === 1 ? '1 stored answer' : `${count} stored answers`),
  reference: 'Reference rows',
  measured: 'How good it is',
  heldOut: 'on',
  confusion: 'was ↓ said →',
  confusionLabel: 'How often each label was taken for which',
  lineage: 'Where it comes from',
  choose: 'Model',
  example: 'the example: pump-health',
  other: 'Type a reference …',
  unknown: (reference: string) => `${reference} (not on this machine)`,
  byVariable: (reference: string) => `${reference} (set by the environment)`,
  notHere: 'No model of this name is on this machine. The flow can be deployed; it works once there is one.',
  newestOf: (name: string, version: string) => `${name}: the newest (now ${version})`,
  aliasOf: (name: string, alias: string, version: string) => `${name}: ${alias} (now ${version})`,
  versionOf: (name: string, version: string) => `${name}: always ${version}`,
  referenceLabel: 'Reference',
  openSidebar: 'Show all models',
} as const;

export const TASK_WORDS: Readonly<Record<string, string>> = {
  classification: 'says which label fits',
  regression: 'says a number',
  anomaly: 'says how unusual something is',
  'multi-output': 'gives several answers',
};

export const TASK_CHOICES = [
  ['classification', 'Classification: which label fits'],
  ['regression', 'Regression: a number'],
  ['anomaly', 'Anomaly: how unusual it is'],
  ['multi-output', 'Several answers, as they are'],
] as const;

export const KIND_CHOICES: readonly (readonly [InputKind, string])[] = [
  ['features', 'named numbers'],
  ['window', 'a window of samples'],
  ['image', 'a picture'],
  ['text', 'text'],
  ['tensor', 'plain numbers'],
];

export const ROLE_CHOICES: readonly (readonly [OutputRole, string])[] = [
  ['label', 'the label'],
  ['scores', 'a score for each label'],
  ['value', 'the number'],
  ['score', 'how unusual it is'],
  ['other', 'something else'],
];

export const SQUASH_CHOICES = [
  ['none', 'nothing'],
  ['softmax', 'softmax'],
  ['sigmoid', 'sigmoid'],
] as const;

export const LAYOUT_CHOICES = [
  ['channels-first', 'colours first'],
  ['channels-last', 'colours last'],
] as const;
export const COLOUR_CHOICES = [
  ['rgb', 'red, green, blue'],
  ['bgr', 'blue, green, red'],
  ['grey', 'shades of grey'],
] as const;
export const WINDOW_CHOICES = [
  ['samples-channels', 'a row a sample'],
  ['channels-samples', 'a row a channel'],
] as const;

export const TIER_WORDS: Readonly<Record<string, string>> = {
  compiled: 'as plain JavaScript',
  native: 'by ONNX Runtime',
  wasm: 'by ONNX Runtime in WebAssembly',
};

/** `today 05:40 · 98 % right · 41 kB` */
export function versionWords({ added, accuracy, bytes: size, origin }: ModelVersion, now: number): string {
  return [
    origin === 'shipped' ? MODEL_WORDS.shipped : dateWords(added, now),
    accuracy === undefined ? '' : MODEL_WORDS.accuracy(accuracy),
    size === undefined ? '' : bytes(size),
  ]
    .filter(Boolean)
    .join(' · ');
}

export const METHOD_WORDS: Readonly<Record<Explanation['method'], string>> = {
  exact: 'The parts add up to the score behind the answer.',
  path: 'Counted along the decisions of the trees.',
  permutation: 'Found by trying other values.',
};

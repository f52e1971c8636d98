/** What the part "Data" of the sidebar and the dialog of a collect node say. */
import type { DataSetRow, TruthLabel } from '../../runtime/messages/index.ts';
import { bytes, count, number } from './numbers.ts';
import { dateWords } from './recording-words.ts';

export const DATA_WORDS = {
  none: 'No examples yet',
  noneHint:
    'Wire a collect node after window or features, and press Deploy. Its buttons appear here: hold one while the machine is in that state.',
  nonePlace: 'Place a collect node',
  placed: 'A collect node hangs on the pointer: put it down behind window or features, wire it, deploy.',
  locked: 'This flow is locked: unlock it, or open another.',
  readOnly: 'You may look at examples, but not collect or change any.',
  loading: 'Loading …',
  collect: 'Collect',
  into: 'into',
  hold: 'hold to record',
  click: 'click to record',
  recording: 'recording …',
  stop: 'click to stop',
  holdLabel: (label: string, click: boolean) => `${click ? 'Record' : 'Hold to record'} ${label}`,
  clickInstead: 'Click instead of hold: once to record, again to stop',
  tooShort: 'Hold the button down for as long as the machine is in that state.',
  nothingComes: 'Nothing arrives at the collect node. Is it wired, and does the flow run?',
  firstLabel: 'Which state is the machine in?',
  firstHint: 'It gets a button. While you hold that, whatever comes is an example of this state.',
  nextLabel: 'Another label',
  labelPlaceholder: 'such as normal',
  addLabel: 'Add',
  comes: 'Labels come with the messages.',
  done: 'Enough of this label',
  refused: 'left out:',
  list: 'Data sets',
  examples: (n: number) => `${count(n)} ${n === 1 ? 'example' : 'examples'}`,
  values: (low: number, high: number): string => `values from ${labelText(low)} to ${labelText(high)}`,
  toPredict: (low: number, high: number): string =>
    `The labels are values from ${labelText(low)} to ${labelText(high)}: a model predicts the value.`,
  labelsCount: (n: number) => (n === 1 ? '1 label' : `${count(n)} labels`),
  unlabelled: 'not labelled',
  shipped: 'came with Millrace',
  empty: 'Empty',
  found: 'Worth a look',
  nothingFound: 'Nothing stands out: ready to learn from.',
  mend: (from: readonly string[], to: string) => `Make ${from.map((one) => `“${one}”`).join(', ')} into “${to}”`,
  showExamples: 'Show them',
  map: 'Map',
  mapHint: 'A dot is an example; dots that lie together look alike. Click one to see it.',
  mapLabel: 'Map of the examples. The arrow keys go from dot to dot.',
  mapShare: (share: string) => `These two directions show ${share} of all differences.`,
  mapPart: (shown: number, all: number) => `${count(shown)} of ${count(all)} are drawn.`,
  mapSame: 'All examples lie on one spot: they are the same.',
  dot: (label: string, id: number) => `example ${id}, ${label}`,
  list2: 'Examples',
  whose: 'Which examples',
  all: 'all labels',
  earlier: 'earlier',
  later: 'later',
  page: (first: number, last: number, total: number) => `${count(first)}–${count(last)} of ${count(total)}`,
  select: (id: number) => `Select example ${id}`,
  selectPage: 'Select these',
  selected: (n: number) => `${count(n)} selected`,
  show: (id: number) => `Show example ${id}`,
  close: 'Close',
  previous: 'Previous example',
  next: 'Next example',
  where: (id: number, group: string | undefined, source: string | undefined): string =>
    [`example ${id}`, group ? `group ${group}` : '', source ? `from ${source}` : ''].filter(Boolean).join(' · '),
  label: 'Label',
  relabel: 'Relabel',
  relabelTo: 'New label',
  remove: 'Delete',
  reallyRemove: (n: number) => `Delete ${n === 1 ? 'this example' : `these ${count(n)} examples`} for good?`,
  reallyRemoveSet: (name: string) => `Delete the data set “${name}” with all its examples for good?`,
  removeVersion: (note: string) => `Delete the version “${note}”`,
  reallyRemoveVersion: 'Delete this version? Examples that only it still holds go with it.',
  keep: 'Keep',
  versions: 'Versions',
  versionsHint:
    'A version keeps the examples as they are now, so that a training can be repeated with them. Every training keeps one. Examples that were deleted lie on the disk as long as a version has them.',
  noVersions: 'None yet.',
  freeze: 'Keep this version',
  note: 'Note',
  notePlaceholder: 'Note: what changed',
  exportCsv: 'CSV',
  exportParquet: 'Parquet',
  exportTo: 'Export',
  manage: 'More',
  import: 'Import examples',
  importHint: 'CSV, JSONL or Parquet, or a recording',
  importFile: 'Choose a file',
  importDrop: 'or drop it here',
  orRecording: 'Or take a recording',
  recording2: 'Recording',
  chooseRecording: 'choose …',
  importInto: 'Into data set',
  labelColumn: 'Column of the labels',
  labelColumnPlaceholder: 'label, class, target or the last',
  oneLabel: 'One label for all',
  oneLabelPlaceholder: 'leave empty if it has labels',
  importGo: 'Import',
  importing: 'Importing …',
  cancel: 'Cancel',
  imported: (added: number, name: string) =>
    `${count(added)} ${added === 1 ? 'example' : 'examples'} came into “${name}”.`,
  leftOut: (n: number) => `${count(n)} rows were left out.`,
  openData: 'Open Data',
  liveNone: 'nothing is being recorded',
  dialogDeploy: 'Deploy this node: then its buttons are here, and in the sidebar under Data.',
  dialogState: (examples: number, name: string) =>
    examples === 0 ? `“${name}” has no examples yet.` : `“${name}” has ${count(examples)} examples.`,
} as const;

export function labelText(label: TruthLabel | null): string {
  if (label === null) return DATA_WORDS.unlabelled;
  if (typeof label !== 'number') return label;
  // The name of a class stays as it was given: a 3 is not 3.00.
  return Number.isInteger(label) && Math.abs(label) < 1e6 ? String(label).replace('-', '−') : number(label);
}

/** So many different whole numbers may still be the names of classes, as for a training. */
const CLASSES = 20;

/** The smallest and largest label, where labels are values to be predicted and not names. */
export function rangeOfLabels(
  labels: readonly { readonly label: TruthLabel | null }[],
): { low: number; high: number } | undefined {
  const known = labels.map(({ label }) => label).filter((label) => label !== null);
  const numbers = known.filter((label) => typeof label === 'number');
  if (numbers.length < known.length || numbers.length === 0) return undefined;
  if (numbers.length <= CLASSES && numbers.every(Number.isInteger)) return undefined;
  const [low, high] = numbers.reduce(([a, b], one) => [Math.min(a, one), Math.max(b, one)], [Infinity, -Infinity]);
  return { low, high };
}

/** `312 examples · 2 labels · 41 kB` */
export function dataSetWords({ examples, labels, bytes: size, changed, shipped }: DataSetRow, now: number): string {
  const named = labels.filter(({ label }) => label !== null).length;
  const range = rangeOfLabels(labels);
  return [
    DATA_WORDS.examples(examples),
    range ? DATA_WORDS.values(range.low, range.high) : examples > 0 ? DATA_WORDS.labelsCount(named) : '',
    shipped ? DATA_WORDS.shipped : examples > 0 ? dateWords(changed, now) : '',
    examples > 0 ? bytes(size) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What an example of the data set is: `12 features`, `windows of 200 samples at 100 Hz, 3 channels`. */
export function kindWords({ kind, columns, window }: DataSetRow): string {
  if (kind === 'window' && window) {
    const channels = columns.length === 1 ? '1 channel' : `${columns.length} channels`;
    return `windows of ${count(window.samples)} samples at ${number(window.rate)} Hz, ${channels}`;
  }
  return columns.length === 1 ? '1 feature' : `${count(columns.length)} features`;
}

/** `12:51:07`, and the day where it is not today. */
export function momentWords(time: number | null, now: number): string {
  if (time === null) return '';
  const [date, today] = [new Date(time), new Date(now)];
  const clock = date.toLocaleTimeString('en-GB');
  if (date.toDateString() === today.toDateString()) return clock;
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })}, ${clock}`;
}

/** Why a collect node left messages out. */
export const REFUSED_WORDS: Readonly<Record<string, string>> = {
  enough: 'enough of that label',
  'too fast': 'too fast for the disk',
  'not an example': 'not numbers',
  'another shape': 'other features than the rest',
  'began before': 'began before you pressed',
  label: 'no usable label',
  failed: 'could not be stored',
};

/** What the part "Tests" of the sidebar says. */
import type { Expectation, TestResult } from '../../runtime/messages/index.ts';
import type { How } from '../sidebar/tests/comparison.ts';
import { showValue } from './value.ts';
import { duration } from './numbers.ts';

export const TEST_WORDS = {
  of: 'Tests of the flow',
  runAll: 'Run all',
  stop: 'Stop',
  make: 'New test',
  none: 'No tests yet',
  noneOwn: 'A test of your own',
  noneHint: 'Record what a node sends, then say what must happen.',
  first: (name: string) => `Record 20 s of ${name}`,
  thatNode: 'a node',
  select: 'First select the node on the canvas: mostly a sensor.',
  blank: 'or begin with an empty test',
  list: 'Tests',
  clear: 'Clear',
  left: (tests: number) => (tests === 1 ? 'Running: one test to go' : `Running: ${tests} tests to go`),
  runOne: (name: string) => `Run “${name}”`,
  openOne: (name: string) => `Open “${name}”`,
  show: 'Show this node on the canvas',
  reported: (name: string, times: number) =>
    `${name === '' ? 'the flow' : name} reported ${times > 1 ? `${times} errors` : 'an error'}`,
  dirty: 'There are changes that are not deployed. Tests run the flow as it was deployed last.',
  running: 'running',
  waiting: 'waiting',
  untried: 'not run',
  passed: 'passed',
  failed: 'failed',
  broken: 'could not run',
  shipped: 'comes with the flow',
  flow: 'beside the flow',
  back: 'All tests',
  readOnly: 'This test came with the flow and stays as it is.',
  copy: 'Copy to edit',
  name: 'Name',
  namePlaceholder: 'a worn bearing is noticed',
  playHead: 'What goes in',
  playNone: 'Nothing is played: the flow’s own sources run, with virtual boards.',
  plays: 'plays',
  at: 'at',
  recordHere: (name: string) => `Record 20 s of ${name}`,
  recording: (left: string) => `recording: ${left} left`,
  stopHere: 'That is enough',
  addPlay: 'Play a recording',
  addGive: 'Press a button or send a message',
  written: 'messages written here (JSON)',
  message: 'Message (JSON)',
  beingMade: 'the recording being made',
  recordingLabel: 'Recording',
  begins: 'Begins at',
  cancel: 'Cancel',
  expectOwn: 'Say what must happen.',
  getsMessage: 'gets this message',
  isPressed: 'is pressed',
  expectHead: 'What must happen',
  expectNone: 'Choose what the flow shows now, or write your own.',
  addExpect: 'Something else',
  suggested: 'As it is now',
  moreHead: 'More',
  about: 'About',
  lasts: 'The flow runs for',
  lastsPlaceholder: '5 s longer than the rest',
  errors: 'Errors that nodes report do not fail the test',
  save: 'Save',
  saveAndRun: 'Save and run',
  remove: 'Delete',
  reallyRemove: 'Delete this test?',
  keep: 'Keep',
  mend: 'Something is missing or wrong: see the marks.',
  nameMissing: 'Give it a name.',
  expectMissing: 'Say at least one thing that must happen.',
  wait: 'It can be saved when the recording has ended.',
  node: 'Node',
  port: 'Where',
  output: (output: number) => `output ${output}`,
  itsOutput: 'its output',
  input: 'its input',
  property: 'Property',
  what: 'What',
  how: 'How',
  value: 'Value',
  and: 'and',
  tolerance: 'Tolerance',
  code: 'Code',
  anyCode: 'any error',
  since: 'from',
  within: 'within',
  bySample: 'by sample',
  toTheEnd: 'the end',
  theStart: 'the start',
  removeRow: 'Remove',
} as const;

export const EXPECTS: readonly (readonly [Expectation['expect'], string])[] = [
  ['becomes', 'becomes'],
  ['always', 'is always'],
  ['never', 'is never'],
  ['last', 'is at last'],
  ['nothing', 'sends nothing'],
  ['count', 'sends messages'],
  ['status', 'has the status'],
  ['error', 'reports an error'],
];

export const HOW_WORDS: Readonly<Record<How, string>> = {
  is: 'exactly',
  near: 'about',
  above: 'above',
  below: 'below',
  between: 'between',
  matches: 'like the pattern',
  atLeast: 'at least',
  atMost: 'at most',
  some: 'between',
};

/** An expectation in few words, as one chooses it. */
export function expectationWords(expectation: Expectation, label: string): string {
  const { expect, property, is, near, above, below } = expectation;
  const value =
    is !== undefined
      ? `“${showValue(is)}”`
      : near !== undefined
        ? `about ${near}`
        : above !== undefined && below !== undefined
          ? `between ${above} and ${below}`
          : '';
  if (expect === 'nothing') return `${label} sends nothing`;
  if (expect === 'status') return `${label} has the status ${value}`;
  const what = property.replace(/^payload\./, '');
  return `${label}: ${what} ${expect === 'always' ? 'stays' : 'becomes'} ${value}`;
}

/** `passed · 3 min in 1.9 s` */
export function resultWords({ passed, broken, virtualMs, tookMs }: TestResult): string {
  if (broken) return TEST_WORDS.broken;
  return `${passed ? TEST_WORDS.passed : TEST_WORDS.failed} · ${duration(virtualMs)} in ${duration(tookMs)}`;
}

/** `3 passed`, `2 passed, 1 failed` */
export function summaryWords(results: Iterable<TestResult>): string {
  let [passed, failed] = [0, 0];
  for (const result of results) {
    if (result.passed) passed++;
    else failed++;
  }
  return [passed > 0 || failed === 0 ? `${passed} passed` : '', failed > 0 ? `${failed} failed` : '']
    .filter(Boolean)
    .join(', ');
}

/** On the badge of a node. */
export const verdictWords = ({ passed, tests }: { readonly passed: boolean; readonly tests: readonly string[] }) =>
  `${passed ? TEST_WORDS.passed : TEST_WORDS.failed}: ${tests.join(', ')}`;

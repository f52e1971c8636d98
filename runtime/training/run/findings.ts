import { findLeakage, type LoadedExamples, type Split } from '../../datasets/index.ts';
import type { Finding, LearningTask } from '../../messages/index.ts';
import type { Prepared } from '../prepare/prepared.ts';
import { foldsKeepGroups } from '../split/folds.ts';

/** What a data set says of its labels as names of kinds: of values, or of what is usual, it means nothing. */
const OF_KINDS = new Set(['ONE_LABEL', 'TOO_FEW', 'UNBALANCED']);

/**
 * All that a person should know of the examples beside the figures: what the data set knows of itself, what was left out on the
 * way, and what the parts that were trained and tested on share. Of one thing the first word counts.
 *
 * @param known of the data set
 * @param crossValidated whether some figure comes from folds of the rows to learn from
 */
export function findingsOf(
  known: readonly Finding[],
  examples: LoadedExamples,
  prepared: Prepared,
  split: Split,
  crossValidated: boolean,
): Finding[] {
  const suits = (task: LearningTask) => (task === 'classification' ? known : known.filter((each) => !isOfKinds(each)));
  const found = [...suits(prepared.task)];
  const codes = new Set(found.map(({ code }) => code));
  const more = [
    ...leakage(examples, prepared, split),
    ...doubts(prepared, split, crossValidated),
    ...prepared.findings,
  ];
  return [...found, ...more.filter(({ code }) => !codes.has(code))];
}

/** Of a model that had no time to learn to the end. */
export const timeOver = (trainer: string, seconds: number): Finding => ({
  code: 'TIME_OVER',
  weight: 'warning',
  message: `The time allowed, ${seconds} s, was over while the model learnt (${trainer}): it may know less than it could.`,
  hint: 'Allow more time and train again.',
});

const isOfKinds = ({ code }: Finding) => OF_KINDS.has(code);

function leakage(examples: LoadedExamples, { ids }: Prepared, split: Split): Finding[] {
  const placeOf = new Map(Array.from(examples.ids, (id, place) => [id, place]));
  const places = (rows: Int32Array) => rows.map((row) => placeOf.get(ids[row] as number) as number);
  const { train, test, left } = split;
  return findLeakage(examples, { ...split, train: places(train), test: places(test), left: places(left) });
}

/** What the split could not do as it should. */
function doubts(prepared: Prepared, split: Split, crossValidated: boolean): Finding[] {
  const found: Finding[] = [];
  const { target } = prepared.features ?? prepared.windows ?? {};
  if (target?.task === 'classification') {
    const tested = new Set(Array.from(split.test, (row) => prepared.strata[row]));
    const missing = target.classes.filter((_, code) => !tested.has(code));
    if (missing.length > 0) {
      const names = missing.slice(0, 5).map((label) => `"${label}"`);
      found.push({
        code: 'LABEL_UNTESTED',
        weight: 'warning',
        message: `The model was tested on no example of ${names.join(', ')}${missing.length > 5 ? ` and ${missing.length - 5} more` : ''}.`,
        hint: 'There are too few to hold some out: the figures say nothing of how well it is told apart. Collect more of it, in another run.',
      });
    }
  }
  if (crossValidated && split.by === 'group' && !foldsKeepGroups(prepared, split.train)) {
    found.push({
      code: 'FOLDS_MIX_GROUPS',
      weight: 'hint',
      message:
        'In the cross-validation parts of one group were learnt from and tested on: among the groups to learn from, a label lies in one alone.',
      hint: 'Its figures may flatter. Those of the test do not: its groups were never seen. Record every label in three runs or more.',
    });
  }
  if (split.by !== 'group' && prepared.span > 0 && !prepared.times.every(Number.isFinite)) {
    found.push({
      code: 'OVERLAP_UNKNOWN',
      weight: 'warning',
      message:
        'It is not known when the windows were taken: if they overlap, the model was tested on samples that it has learnt from.',
      hint: 'Import them with a column of times, or give each recording a group of its own; then this is taken care of.',
    });
  }
  return found;
}

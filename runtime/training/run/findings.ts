import { findLeakage, type LoadedExamples, type Split } from '../../datasets/index.ts';
import type { Finding, LearningTask } from '../../messages/index.ts';
import type { Prepared } from '../prepare/prepared.ts';

/** What a data set says of its labels as names of kinds: of values, or of what is usual, it means nothing. */
const OF_KINDS = new Set(['ONE_LABEL', 'TOO_FEW', 'UNBALANCED']);

/**
 * All that a person should know of the examples beside the figures: what the data set knows of itself, what was left out on the
 * way, and what the parts that were trained and tested on share. Of one thing the first word counts.
 *
 * @param known of the data set
 */
export function findingsOf(
  known: readonly Finding[],
  examples: LoadedExamples,
  prepared: Prepared,
  split: Split,
): Finding[] {
  const suits = (task: LearningTask) => (task === 'classification' ? known : known.filter((each) => !isOfKinds(each)));
  const found = [...suits(prepared.task)];
  const codes = new Set(found.map(({ code }) => code));
  const more = [...leakage(examples, prepared, split), ...prepared.findings];
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

import { type Split, splitExamples, type SplitRows } from '../../datasets/index.ts';
import type { LearningTask, TrainingChoices } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import type { Prepared, Rows } from '../prepare/prepared.ts';

/** Rows of a split as those who divide data sets see them: strata are what is spread over the parts. */
export function splitRows({ strata, times, groups, sources }: Rows): SplitRows {
  return { labels: Array.from(strata, String), times, groups, sources };
}

/** Of an anomaly, known anomalies are spread over the parts as labels are. */
export const spreadTask = (task: LearningTask): LearningTask => (task === 'regression' ? task : 'classification');

/**
 * Holds out rows to test on, by the rule of the data sets: whole groups, the end of each run, or every k-th row.
 *
 * @throws GROUPS_TOO_FEW, EXAMPLES_TOO_FEW if either part would be empty
 */
export function holdOut(
  prepared: Pick<Prepared, 'task' | 'span'> & Rows,
  { testBy, testShare, seed }: Pick<TrainingChoices, 'testBy' | 'testShare' | 'seed'>,
): Split {
  const { task, span, rows } = prepared;
  const options = { by: testBy, share: testShare, seed, task: spreadTask(task), span };
  const split = splitExamples(splitRows(prepared), options);
  if (split.train.length === 0 || split.test.length === 0) {
    if (split.by === 'group') throw errors.GROUPS_TOO_FEW({ groups: new Set(prepared.groups).size, examples: rows });
    throw errors.EXAMPLES_TOO_FEW({ usable: rows, of: rows, needed: 2 * rows });
  }
  return { ...split, words: `${split.words}.` };
}

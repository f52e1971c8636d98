import type { Finding } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import type { TrainingSet } from '../fit/training-set.ts';

const LISTED = 100;

const WORDS = {
  UNLABELLED: {
    what: 'have no label that can be learnt',
    hint: 'Give them a label in the data set, or leave them: they are not used.',
    weight: 'hint',
  },
  NOT_FINITE: {
    what: 'hold a value that is no number (NaN or infinite)',
    hint: 'See what the sensor sends when it is disconnected, and relabel or remove these examples. They are not used.',
    weight: 'warning',
  },
} as const;

/** What became of rows that cannot be used. */
export function leftOut(
  code: keyof typeof WORDS,
  count: number,
  of: number,
  examples: readonly number[],
): readonly Finding[] {
  if (count === 0) return [];
  const { what, hint, weight } = WORDS[code];
  const message = `${count} of ${of} examples ${what} and ${count === 1 ? 'was' : 'were'} left out.`;
  return [{ code, weight, message, hint, examples: examples.slice(0, LISTED) }];
}

/**
 * Features that are the same in every example say nothing.
 *
 * @throws FEATURES_ALL_EQUAL if all of them are
 */
export function constantColumns({ rows, width, values, columns }: TrainingSet): readonly Finding[] {
  const constant: string[] = [];
  for (let column = 0; column < width; column++) {
    const first = values[column];
    let row = 1;
    while (row < rows && values[row * width + column] === first) row++;
    if (row >= rows) constant.push(columns[column] ?? String(column));
  }
  if (constant.length === width) throw errors.FEATURES_ALL_EQUAL({ features: width, examples: rows });
  if (constant.length === 0) return [];
  const named = constant.slice(0, 5).join(', ') + (constant.length > 5 ? ' …' : '');
  return [
    {
      code: 'CONSTANT_FEATURES',
      weight: 'hint',
      message: `${constant.length} of ${width} features never change: ${named}.`,
      hint: 'A sensor that is not connected looks like this. They do no harm, and no good.',
    },
  ];
}

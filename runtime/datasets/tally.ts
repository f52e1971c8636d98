import type { MillraceError } from '../base/index.ts';
import { errors } from './errors.ts';
import type { ReadingCounts } from './types.ts';

/** How many of the rows that were left out are named. */
const NAMED = 3;

/** What one reading of a recording has met: counted as it goes, told in one error a kind. */
export interface Tally {
  readonly counts: ReadingCounts;
  refuse(where: string, reason: string): void;
  backwards(where: string): void;
  cut(path: string, line: number): void;
  /** The first of what was refused, in words. */
  readonly first: string;
  /** The line that was cut off. */
  readonly cutAt: number | undefined;
  problems(): MillraceError[];
}

export function createTally(name: string): Tally {
  const counts: ReadingCounts = { messages: 0, refused: 0, backwards: 0, empty: 0 };
  const first: string[] = [];
  let firstBack = '';
  let cut: MillraceError | undefined;
  let cutAt: number | undefined;
  return {
    counts,
    refuse(where, reason) {
      if (counts.refused++ < NAMED) first.push(`${where}: ${reason}`);
    },
    backwards(where) {
      if (counts.backwards++ === 0) firstBack = where;
    },
    get first() {
      return first.join('; ');
    },
    get cutAt() {
      return cutAt;
    },
    cut(path, line) {
      cutAt = line;
      cut = errors.RECORDING_CUT({ path, line });
    },
    problems() {
      const { refused, backwards } = counts;
      const found: MillraceError[] = [];
      if (refused > 0) found.push(errors.RECORDING_ROWS_REFUSED({ name, refused, first: first.join('; ') }));
      if (backwards > 0) found.push(errors.RECORDING_TIME_BACKWARDS({ name, backwards, first: firstBack }));
      if (cut) found.push(cut);
      return found;
    },
  };
}

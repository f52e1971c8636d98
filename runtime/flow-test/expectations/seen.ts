import { showTime } from './show-value.ts';

/** What was seen at one place, in words, without end but in bounded memory. */
export interface Seen {
  readonly count: number;
  /** @param at ms since the start */
  add(at: number, text: string): void;
  /** A line for each run of the same, with the time at which it began; of many only the first and the last. */
  lines(): string[];
}

interface Run {
  readonly at: number;
  readonly text: string;
  times: number;
}

const FIRST = 3;
const LAST = 5;

export function createSeen(): Seen {
  const first: Run[] = [];
  let last: Run[] = [];
  let left = 0;
  let count = 0;
  const newest = () => last.at(-1) ?? first.at(-1);
  return {
    get count() {
      return count;
    },
    add(at, text) {
      count++;
      const run = newest();
      if (run?.text === text) return void run.times++;
      const begun: Run = { at, text, times: 1 };
      if (first.length < FIRST) return void first.push(begun);
      last.push(begun);
      if (last.length <= LAST) return;
      last = last.slice(1);
      left++;
    },
    lines() {
      const between = left > 0 ? [`… ${left} other values …`] : [];
      return [...first.map(lineOf), ...between, ...last.map(lineOf)];
    },
  };
}

const lineOf = ({ at, text, times }: Run): string =>
  `${showTime(at).padEnd(10)} ${text}${times > 1 ? `  (${times} times)` : ''}`;

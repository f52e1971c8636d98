import type { DriftPicture } from '../../messages/index.ts';

/** What was seen and not compared, since the beginning: by what it was. */
export interface Tally {
  add(what: string, amount?: number): void;
  readonly counts: DriftPicture['counts'];
}

export function createTally(before: DriftPicture['counts'] = []): Tally {
  const counts = new Map(before.map(({ what, count }) => [what, count]));
  return {
    add(what, amount = 1) {
      if (amount > 0) counts.set(what, (counts.get(what) ?? 0) + amount);
    },
    get counts() {
      return [...counts].map(([what, count]) => ({ what, count }));
    },
  };
}

/** Counts of several, the same things added up. */
export function together(...lists: readonly DriftPicture['counts'][]): DriftPicture['counts'] {
  const tally = createTally();
  for (const { what, count } of lists.flat()) tally.add(what, count);
  return [...tally.counts];
}

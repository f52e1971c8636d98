/** Different things that are counted by their own name; the rest together. */
const MOST = 40;

/** What was seen and not compared. Of bounded size. */
export interface Counts {
  readonly list: readonly { readonly what: string; readonly count: number }[];
  add(what: string): void;
}

export function createCounts(saved: Counts['list'] = []): Counts {
  const counts = new Map(saved.map(({ what, count }) => [what, count]));
  return {
    get list() {
      return Array.from(counts, ([what, count]) => ({ what, count }));
    },
    add(what) {
      const name = counts.has(what) || counts.size < MOST ? what : 'others';
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
  };
}

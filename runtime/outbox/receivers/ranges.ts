/** From `first` to `last`, both included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Numbers as they come, mostly one after the other, kept as ranges. */
export function createNumbers() {
  const runs: { first: number; last: number }[] = [];
  let at: { first: number; last: number } | undefined;
  let count = 0;
  return {
    add(number: number): void {
      count += 1;
      if (at && number === at.last + 1) at.last = number;
      else runs.push((at = { first: number, last: number }));
    },
    /** In order and apart from each other, and how often one came that was there already. */
    done() {
      const ranges = merge(runs);
      return { ranges, repeats: count - size(ranges) };
    },
  };
}

/** In order, those together that overlap or touch. */
export function merge(ranges: readonly Range[]): Range[] {
  const merged: { first: number; last: number }[] = [];
  for (const { first, last } of ranges.toSorted((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (before && first <= before.last + 1) before.last = Math.max(before.last, last);
    else merged.push({ first, last });
  }
  return merged;
}

/** What is in the first and not in the second; both in order and apart. */
export function subtract(from: readonly Range[], these: readonly Range[]): Range[] {
  const left: Range[] = [];
  let next = 0;
  for (const { first, last } of from) {
    let at = first;
    while (next < these.length && (these[next] as Range).last < at) next += 1;
    for (let index = next; index < these.length; index++) {
      const one = these[index] as Range;
      if (one.first > last) break;
      if (one.first > at) left.push({ first: at, last: one.first - 1 });
      at = Math.max(at, one.last + 1);
    }
    if (at <= last) left.push({ first: at, last });
  }
  return left;
}

/** How many numbers. */
export const size = (ranges: readonly Range[]) => ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);

/** The groups of rows by number. */
export interface GroupIndex {
  readonly names: readonly string[];
  /** Index into `names`, one a row. */
  readonly of: Int32Array;
}

/**
 * Numbers the groups in the order in which they come. Where there is only one, or none has a name, every row is a group of its
 * own: nothing is known of what belongs together.
 */
export function indexGroups(groups: readonly string[]): GroupIndex {
  const numbers = new Map<string, number>();
  const of = Int32Array.from(groups, (group) => {
    const known = numbers.get(group);
    if (known !== undefined) return known;
    numbers.set(group, numbers.size);
    return numbers.size - 1;
  });
  if (numbers.size > 1) return { names: [...numbers.keys()], of };
  return { names: groups.map((_, row) => String(row)), of: Int32Array.from(groups.keys()) };
}

/** Sums a value of each row by group. */
export function sumByGroup({ names, of }: GroupIndex, valueOf: (row: number) => number): Float64Array {
  const sums = new Float64Array(names.length);
  for (let row = 0; row < of.length; row++) {
    const group = of[row] as number;
    sums[group] = (sums[group] as number) + valueOf(row);
  }
  return sums;
}

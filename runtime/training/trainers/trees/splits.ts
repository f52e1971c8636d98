/**
 * Looks for the best split of some rows, feature by feature. The rows are order[start] … order[end − 1]; what is found of them
 * stands in the fields.
 */
export interface Splits {
  /** Of the rows begun with: nothing is left to split. */
  readonly pure: boolean;
  /** Weight of the rows. */
  readonly weight: number;
  /** What the best split lowers the impurity by, times the weight; negative: none was found. */
  readonly gain: number;
  readonly feature: number;
  /** The last bin of the lower part and the first of the upper one, as they are there. */
  readonly lower: number;
  readonly upper: number;
  begin(order: Int32Array, start: number, end: number): void;
  /** @returns false where the feature has one value only */
  look(feature: number): boolean;
  /** Writes what a leaf of the rows says. */
  leaf(values: Float32Array, at: number): void;
}

/** So few rows are sorted; of more the bins are counted. A power of two. */
export const FEW_ROWS = 32;

/** Sorts a few whole numbers, ascending. */
export function sortFew(keys: Int32Array, count: number): void {
  for (let at = 1; at < count; at++) {
    const key = keys[at] as number;
    let to = at - 1;
    for (; to >= 0 && (keys[to] as number) > key; to--) keys[to + 1] = keys[to] as number;
    keys[to + 1] = key;
  }
}

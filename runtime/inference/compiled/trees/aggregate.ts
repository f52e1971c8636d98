import type { NumberArray } from '../graph/value.ts';
import type { LeafTable } from './leaf-table.ts';

/** What the leaves add up to, for a block of rows. */
export interface Scores {
  /** Targets of row 0, of row 1, … In the precision in which ONNX Runtime adds. */
  readonly values: NumberArray;
  /** 1 where some leaf has given this target anything. */
  readonly given: Uint8Array;
  readonly targets: number;
}

export type AggregateName = 'SUM' | 'AVERAGE' | 'MIN' | 'MAX';

/** Adds the leaves of `trees` trees up; `leaves` as a walk writes them. An average is a sum until the scores are finished. */
export type Aggregate = (leaves: Int32Array, trees: number, rows: number, table: LeafTable, scores: Scores) => void;

export function aggregateFor(name: AggregateName, targets: number): Aggregate {
  const one = targets === 1;
  if (name === 'MIN') return one ? extremeOfOne(-1) : extremeOfMany(-1);
  if (name === 'MAX') return one ? extremeOfOne(1) : extremeOfMany(1);
  return one ? sumOfOne : sumOfMany;
}

const sumOfOne: Aggregate = (leaves, trees, rows, { single }, { values }) => {
  for (let row = 0; row < rows; row++) values[row] = 0;
  for (let tree = 0, at = 0; tree < trees; tree++) {
    for (let row = 0; row < rows; row++, at++) {
      values[row] = (values[row] as number) + (single[leaves[at] as number] as number);
    }
  }
};

const sumOfMany: Aggregate = (leaves, trees, rows, { first, targets, values }, scores) => {
  const { values: sums, given, targets: width } = scores;
  sums.fill(0, 0, rows * width);
  given.fill(0, 0, rows * width);
  for (let tree = 0, at = 0; tree < trees; tree++) {
    for (let row = 0, own = 0; row < rows; row++, at++, own += width) {
      const leaf = leaves[at] as number;
      const end = first[leaf + 1] as number;
      for (let weight = first[leaf] as number; weight < end; weight++) {
        const target = own + (targets[weight] as number);
        sums[target] = (sums[target] as number) + (values[weight] as number);
        given[target] = 1;
      }
    }
  }
};

/** @param sign 1: the largest, -1: the smallest */
const extremeOfOne =
  (sign: number): Aggregate =>
  (leaves, trees, rows, { single }, { values }) => {
    for (let row = 0; row < rows; row++) {
      let best = single[leaves[row] as number] as number;
      for (let tree = 1; tree < trees; tree++) {
        const value = single[leaves[tree * rows + row] as number] as number;
        if (sign * value > sign * best) best = value;
      }
      values[row] = best;
    }
  };

const extremeOfMany =
  (sign: number): Aggregate =>
  (leaves, trees, rows, { first, targets, values }, scores) => {
    const { values: best, given, targets: width } = scores;
    best.fill(0, 0, rows * width);
    given.fill(0, 0, rows * width);
    for (let tree = 0, at = 0; tree < trees; tree++) {
      for (let row = 0, own = 0; row < rows; row++, at++, own += width) {
        const leaf = leaves[at] as number;
        const end = first[leaf + 1] as number;
        for (let weight = first[leaf] as number; weight < end; weight++) {
          const target = own + (targets[weight] as number);
          const value = values[weight] as number;
          if (given[target] === 0 || sign * value > sign * (best[target] as number)) best[target] = value;
          given[target] = 1;
        }
      }
    }
  };

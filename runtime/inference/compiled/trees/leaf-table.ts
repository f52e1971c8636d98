import type { NumberArray } from '../graph/value.ts';
import type { Leaf } from './tree.ts';

/** What each leaf adds to which targets. The weights of leaf n are at first[n] … first[n + 1]. */
export interface LeafTable {
  readonly first: Int32Array;
  readonly targets: Int32Array;
  readonly values: NumberArray;
  /** Of one target: what each leaf gives, 0 where it gives nothing. */
  readonly single: NumberArray;
  /** Each leaf gives each target something. */
  readonly complete: boolean;
}

export function tableOf(leaves: readonly Leaf[], count: number, precision: 'float32' | 'float64'): LeafTable {
  const make = (values: readonly number[]) => (precision === 'float32' ? Float32Array : Float64Array).from(values);
  const first = new Int32Array(leaves.length + 1);
  leaves.forEach(({ values }, n) => (first[n + 1] = (first[n] as number) + values.length));
  return {
    complete: count === 1 || leaves.every(({ targets }) => new Set(targets).size === count),
    first,
    targets: Int32Array.from(leaves.flatMap(({ targets }) => targets)),
    values: make(leaves.flatMap(({ values }) => values)),
    single: make(leaves.map(({ values }) => values[0] ?? 0)),
  };
}

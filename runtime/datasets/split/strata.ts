import type { SplitOptions, SplitRows } from './types.ts';

/** Rows by the label that is to be spread over the parts, in order; one list of all where no label is. */
export function strataOf({ labels }: SplitRows, { task }: Pick<SplitOptions, 'task'>): Int32Array {
  const codes = new Map<unknown, number>();
  return Int32Array.from(labels, (label) => {
    if (task !== 'classification') return 0;
    const code = codes.get(label) ?? codes.size;
    codes.set(label, code);
    return code;
  });
}

export const countOf = (codes: Int32Array): number => codes.reduce((most, code) => Math.max(most, code + 1), 0);

/** The rows of each key, in order. */
export function rowsBy<K>(length: number, key: (row: number) => K): Map<K, number[]> {
  const found = new Map<K, number[]>();
  for (let row = 0; row < length; row++) {
    const own = key(row);
    const rows = found.get(own);
    if (rows) rows.push(row);
    else found.set(own, [row]);
  }
  return found;
}

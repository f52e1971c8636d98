import type { DataSetRow, TruthLabel } from '../../messages/index.ts';

/** What labels are counted under: numbers are seldom the same twice, and are counted together. */
const keyOf = (label: TruthLabel | null | undefined): string | null =>
  typeof label === 'number' ? '' : (label ?? null);

/** A regression has as many labels as examples. */
const SHOWN = 50;

/** How many examples of each label there are, on disk and on their way there. */
export function createCounts() {
  let stored: DataSetRow['labels'] = [];
  let total = 0;
  const onDisk = new Map<string | null, number>();
  const waiting = new Map<string | null, number>();

  return {
    /** As the data set says. */
    stored(row: Pick<DataSetRow, 'labels' | 'examples'>) {
      stored = row.labels;
      total = row.examples;
      onDisk.clear();
      for (const { label, examples } of stored) onDisk.set(keyOf(label), (onDisk.get(keyOf(label)) ?? 0) + examples);
    },
    waits: (label: TruthLabel | undefined, by: 1 | -1) =>
      void waiting.set(keyOf(label), (waiting.get(keyOf(label)) ?? 0) + by),
    of: (label: TruthLabel | undefined) => (onDisk.get(keyOf(label)) ?? 0) + (waiting.get(keyOf(label)) ?? 0),
    get total() {
      return [...waiting.values()].reduce((sum, count) => sum + count, total);
    },
    /** Those of `first` in their order, then the others. */
    labels(first: readonly TruthLabel[]): { label: TruthLabel; examples: number }[] {
      const known = new Map<TruthLabel, number>(first.map((label) => [label, 0]));
      for (const { label, examples } of stored) if (label !== null) known.set(label, examples);
      for (const [key, count] of waiting) {
        if (key !== null && key !== '' && count > 0) known.set(key, (known.get(key) ?? 0) + count);
      }
      return [...known].slice(0, SHOWN).map(([label, examples]) => ({ label, examples }));
    },
  };
}

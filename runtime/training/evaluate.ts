import type { Metrics } from '../models/package/index.ts';

/**
 * How well labels were predicted: accuracy, confusion matrix (rows: true label, columns: predicted), precision and
 * recall of each label; a label that was never predicted has the precision 0.
 *
 * @see sklearn.metrics.classification_report
 */
export function evaluate(
  actual: readonly string[],
  predicted: readonly string[],
  labels: readonly string[],
): Required<Pick<Metrics, 'rows' | 'accuracy' | 'confusion' | 'perLabel'>> {
  const confusion = labels.map((truth) =>
    labels.map((guess) => actual.filter((label, row) => label === truth && predicted[row] === guess).length),
  );
  const hits = labels.map((_, index) => confusion[index]?.[index] ?? 0);
  const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  const perLabel = labels.map((label, index) => {
    const guessed = confusion.reduce((sum, row) => sum + (row[index] ?? 0), 0);
    const rows = confusion[index]?.reduce((sum, count) => sum + count, 0) ?? 0;
    const hit = hits[index] ?? 0;
    return [label, { precision: ratio(hit, guessed), recall: ratio(hit, rows), rows }] as const;
  });
  const right = hits.reduce((sum, count) => sum + count, 0);
  return {
    rows: actual.length,
    accuracy: ratio(right, actual.length),
    confusion,
    perLabel: Object.fromEntries(perLabel),
  };
}

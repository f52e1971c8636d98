import { errors } from './errors.ts';
import type { Examples } from './examples.ts';

/** @throws EXAMPLES_INVALID naming the first wrong row */
export function checkExamples({ features, rows, labels, groups }: Examples): void {
  if (labels.length !== rows.length || groups.length !== rows.length) {
    const problem = `${rows.length} rows, ${labels.length} labels and ${groups.length} groups`;
    throw errors.EXAMPLES_INVALID({ row: Math.min(rows.length, labels.length, groups.length), problem });
  }
  for (const [row, values] of rows.entries()) {
    if (values.length !== features.length) {
      throw errors.EXAMPLES_INVALID({ row, problem: `${values.length} values for ${features.length} features` });
    }
    const wrong = values.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) throw errors.EXAMPLES_INVALID({ row, problem: `"${features[wrong]}" is ${values[wrong]}` });
  }
}

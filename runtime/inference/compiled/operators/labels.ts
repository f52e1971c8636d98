import { newRows } from '../graph/scope.ts';
import type { Labels, Rows } from '../graph/value.ts';

/** A column of labels: places in their list. */
export function labelRows(labels: Labels): Rows {
  return { ...newRows(typeof labels[0] === 'string' ? 'string' : 'int64', [], undefined), labels };
}

import { REFERENCE_ROWS, type Reference } from '../../models/package/index.ts';
import type { TrainingSet } from '../fit/training-set.ts';
import type { Prepared } from '../prepare/prepared.ts';

/** Names that a CSV header cannot hold. */
const AWKWARD = /[",\r\n]/;
/** Numbers of a reference: more would make a package of megabytes, which nobody watches column by column. */
const NUMBERS = 400_000;

/**
 * Rows that the model learnt from, in the order of time, evenly chosen: what drift takes for usual.
 *
 * @param train rows of `prepared`
 * @returns nothing of windows, whose samples are no features, and where there are too many columns
 */
export function referenceRows(prepared: Prepared, form: TrainingSet, train: Int32Array): Reference | undefined {
  const { columns, width, values } = form;
  const most = Math.min(REFERENCE_ROWS, Math.floor(NUMBERS / width));
  if (form.window || columns.length !== width || most < 50 || columns.some((name) => AWKWARD.test(name)))
    return undefined;
  const normal = [...train].filter((row) => prepared.anomalous[row] !== 1);
  const timed = normal.every((row) => Number.isFinite(prepared.times[row]));
  const ordered = timed
    ? normal.sort((a, b) => (prepared.times[a] as number) - (prepared.times[b] as number) || a - b)
    : normal;
  const count = Math.min(most, ordered.length);
  const rows = Array.from({ length: count }, (_, at) => {
    const row = ordered[Math.floor((at * ordered.length) / count)] as number;
    return Float64Array.from(values.subarray(row * width, (row + 1) * width));
  });
  return { names: columns, rows };
}

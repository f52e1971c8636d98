import type { Finding } from '../../../messages/index.ts';
import type { LoadedExamples } from '../types.ts';
import { areClasses, count, rowsOfLabels, SHOWN } from './label-findings.ts';
import { columnOf, tableOf } from './table-of.ts';

/** Of a label: of fewer nobody can say what is usual. */
const LEAST = 20;
/** Robust standard deviations. Of normal values not one in 10^20 lies so far out; of sensors, some do. */
const FAR = 10;
/** Where more lie far out, that is how the values are spread. */
const RARE = 0.02;
/** From a median absolute deviation to a standard deviation, of normal values. */
const MAD = 1.4826;

/** Columns that never change, and examples that lie far from the others of their label. */
export function valueFindings(examples: LoadedExamples): Finding[] {
  const table = tableOf(examples);
  const byLabel = rowsOfLabels(examples);
  const kinds = byLabel.length > 0 && areClasses(byLabel) ? byLabel.map(([, rows]) => rows) : [allRows(examples.rows)];
  const constant: string[] = [];
  const distance = new Float64Array(examples.rows);
  const column = new Int32Array(examples.rows);
  for (const [index, name] of table.columns.entries()) {
    const values = columnOf(table, index);
    if (values.every((value) => value === values[0])) {
      constant.push(name);
      continue;
    }
    for (const rows of kinds) {
      if (rows.length < LEAST) continue;
      const own = Float64Array.from(rows, (row) => values[row] as number);
      const middle = median(Float64Array.from(own));
      const spread = MAD * median(own.map((value) => Math.abs(value - middle)));
      // Most of the values are one and the same: of the others nothing can be said.
      if (!(spread > 0)) continue;
      for (const row of rows) {
        const away = Math.abs((values[row] as number) - middle) / spread;
        if (away > (distance[row] as number)) {
          distance[row] = away;
          column[row] = index;
        }
      }
    }
  }
  return [...constantFinding(examples, constant), ...outlierFinding(examples, table.columns, distance, column)];
}

function constantFinding({ kind, rows, columns }: LoadedExamples, constant: readonly string[]): Finding[] {
  // Of a window only a channel that says the same throughout is meant, and not, say, its smallest value.
  const names =
    kind === 'features'
      ? constant
      : columns.filter((name) => constant.includes(`deviation of ${name}`) && constant.includes(`mean of ${name}`));
  if (names.length === 0 || rows < 2) return [];
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
  const [what, are] =
    names.length === 1
      ? [kind === 'features' ? 'feature' : 'channel', 'has']
      : [kind === 'features' ? 'features' : 'channels', 'have'];
  return [
    {
      code: 'CONSTANT_FEATURES',
      weight: names.length === columns.length ? 'stop' : 'hint',
      message: `The ${what} ${shown} ${are} the same value in all examples.`,
      hint:
        names.length === columns.length
          ? 'Nothing can be learnt from values that never change. Is the sensor connected?'
          : 'Nothing is learnt from them. Is a sensor not connected, or set to a range that is too large?',
    },
  ];
}

function outlierFinding(
  examples: LoadedExamples,
  columns: readonly string[],
  distance: Float64Array,
  column: Int32Array,
): Finding[] {
  const far = allRows(examples.rows).filter((row) => (distance[row] as number) > FAR);
  if (far.length === 0 || far.length > Math.max(1, RARE * examples.rows)) return [];
  far.sort((a, b) => (distance[b] as number) - (distance[a] as number));
  const [worst = 0] = far;
  const where = columns[column[worst] as number] ?? '';
  return [
    {
      code: 'OUTLIERS',
      weight: 'hint',
      message: `${count(far.length, 'example')} ${far.length === 1 ? 'lies' : 'lie'} far from the others of the same label, most of all in ${where}.`,
      hint: 'Look at them: a wrong label, a knock against the sensor? Remove what is a mistake, and keep what is rare but real.',
      examples: far.slice(0, SHOWN).map((row) => examples.ids[row] as number),
    },
  ];
}

const allRows = (count: number) => Array.from({ length: count }, (_, row) => row);

/** Sorts what it is given. */
function median(values: Float64Array): number {
  values.sort();
  const half = values.length >> 1;
  return values.length % 2 === 1
    ? (values[half] as number)
    : ((values[half - 1] as number) + (values[half] as number)) / 2;
}

import { parseNumber } from '../../table/number.ts';
import type { Row, Table } from '../../table/table.ts';
import { guessTimeColumn, parseDate } from '../../table/time.ts';
import { errors } from '../../errors.ts';
import { unescapeText } from '../export/escape.ts';
import { BESIDE, featureOf, windowIn } from '../flat.ts';
import type { ImportOptions } from '../types.ts';

/** Names of a column of labels, the surest first. */
const LABELS = ['label', 'class', 'target', 'truth'];
const GROUPS = [BESIDE.group];

export interface Chosen {
  /** -1: none. */
  readonly label: number;
  readonly labelNumber: number;
  readonly group: number;
  readonly source: number;
  readonly time: number;
  readonly values: readonly { readonly index: number; readonly name: string }[];
  /** Names of columns that hold neither numbers nor anything that is known. */
  readonly left: readonly string[];
  /** The values are the samples of a window, whose rate stands in this column. */
  readonly window?: { readonly channels: readonly string[]; readonly samples: number; readonly rate: number };
}

/**
 * What each column is: by the options, else by its name, else by what stands in it. The label is the column called label,
 * class, target or truth, else the last one that holds texts; values are the columns of numbers.
 *
 * @throws DATA_IMPORT_COLUMN if a column that was named is not there, or there are no numbers
 */
export function chooseExampleColumns({ path, columns }: Table, sample: readonly Row[], options: ImportOptions): Chosen {
  const names = columns.map(({ name }) => name);
  const simple = names.map((name) => name.trim().toLowerCase());
  const listed = names.slice(0, 20).join(', ') + (names.length > 20 ? ` and ${names.length - 20} more` : '');
  const named = (wanted: string | undefined, among: readonly string[]): number => {
    if (wanted === undefined) return among.map((name) => simple.indexOf(name)).find((index) => index >= 0) ?? -1;
    const exact = names.indexOf(wanted);
    const index = exact === -1 ? simple.indexOf(wanted.trim().toLowerCase()) : exact;
    if (index === -1) throw errors.DATA_IMPORT_COLUMN({ path, what: `no column "${wanted}"`, columns: listed });
    return index;
  };
  const numeric = (index: number) => columns[index]?.kind === 'number' || share(sample, index, isNumber) > 0.5;
  const isTime = (index: number) =>
    columns[index]?.kind === 'timestamp' || numeric(index) || share(sample, index, isDate) > 0.5;

  const own = simple.indexOf(BESIDE.time);
  const guessed = guessTimeColumn(names);
  const stamps = columns.findIndex(({ kind }) => kind === 'timestamp');
  const byItself = own >= 0 ? own : guessed >= 0 && isTime(guessed) ? guessed : stamps;
  const time = options.timeColumn === undefined ? byItself : named(options.timeColumn, []);
  const group = named(options.groupColumn, GROUPS);
  const source = simple.indexOf(BESIDE.source);
  const id = simple.indexOf(BESIDE.id);
  const rate = simple.indexOf(BESIDE.rate);
  const labelNumber = simple.indexOf(BESIDE.labelNumber);
  const others = [time, group, source, id, rate, labelNumber];
  let label = named(options.labelColumn, LABELS);
  // Where every example gets one label, a text in the file is none.
  if (label === -1 && options.label === undefined) {
    label = columns.findLastIndex(
      (_, index) => !others.includes(index) && !numeric(index) && filled(sample, index) && !isTime(index),
    );
  }
  const typed = columns.some(({ kind }) => kind !== 'text');
  const values = names.flatMap((name, index) =>
    others.includes(index) || index === label || !numeric(index)
      ? []
      : [{ index, name: featureOf(typed ? name : unescapeText(name)) }],
  );
  if (values.length === 0) throw errors.DATA_IMPORT_COLUMN({ path, what: 'no column of numbers', columns: listed });
  const left = names.filter(
    (_, index) => !others.includes(index) && index !== label && !values.some((value) => value.index === index),
  );
  const window = rate === -1 ? undefined : windowIn(values.map(({ name }) => name));
  return { label, labelNumber, group, source, time, values, left, ...(window && { window: { ...window, rate } }) };
}

const isNumber = (text: string) => parseNumber(text) !== undefined;
const isDate = (text: string) => parseDate(text) !== undefined;
const cellsOf = (sample: readonly Row[], index: number) =>
  sample.flatMap(({ cells }) => (cells[index] === undefined || cells[index] === '' ? [] : [String(cells[index])]));
const filled = (sample: readonly Row[], index: number) => cellsOf(sample, index).length > 0;

/** Of the cells that are not empty. */
function share(sample: readonly Row[], index: number, fits: (text: string) => boolean): number {
  const cells = cellsOf(sample, index);
  return cells.length === 0 ? 0 : cells.filter(fits).length / cells.length;
}

import { errors } from '../errors.ts';
import type { ReadOptions } from '../types.ts';
import { parseNumber } from './number.ts';
import type { Row, Table } from './table.ts';
import { guessTimeColumn, parseDate } from './time.ts';

/** Columns whose text stands beside the payload, under the name that the message contract has for it. */
const BESIDE: ReadonlyMap<string, string> = new Map([
  ['id', 'id'],
  ['topic', 'topic'],
  ['unit', 'unit'],
  ['source', 'source'],
  ['label', 'truth'],
  ['class', 'truth'],
  ['truth', 'truth'],
]);

export interface Choice {
  /** -1: there is none, and a rate is set */
  readonly time: number;
  readonly channels: readonly { readonly index: number; readonly name: string }[];
  readonly beside: readonly { readonly index: number; readonly property: string }[];
}

/**
 * What each column is. The time: as the options say, else by name, else the first column that holds dates. Beside: columns
 * called label, class, truth, id, topic, unit or source. Channels: columns of which more than half of the sample's cells are
 * numbers. All others are left out.
 *
 * @param sample the first rows
 * @throws RECORDING_NO_TIME, RECORDING_NO_NUMBERS
 */
export function chooseColumns({ path, columns }: Table, sample: readonly Row[], options: ReadOptions): Choice {
  const names = columns.map(({ name }) => name);
  const listed = names.map((name) => `"${name}"`).join(', ');
  const time = timeColumn(names, columns, sample, options);
  const { rate, timeColumn: wanted } = options;
  // A column that was named and is not there is a mistake, whatever else could tell the time.
  if (time === -1 && (wanted !== undefined || !(rate !== undefined && rate > 0 && rate < Infinity))) {
    throw errors.RECORDING_NO_TIME({ path, columns: listed, ...(wanted !== undefined && { wanted }) });
  }

  const channels: { index: number; name: string }[] = [];
  const beside: { index: number; property: string }[] = [];
  columns.forEach(({ name, kind }, index) => {
    const property = BESIDE.get(name.trim().toLowerCase());
    if (index === time) return;
    if (property !== undefined) beside.push({ index, property });
    else if (kind === 'number' || (kind === 'text' && mostlyNumbers(sample, index))) channels.push({ index, name });
  });
  if (channels.length === 0) throw errors.RECORDING_NO_NUMBERS({ path, columns: listed });
  return { time, channels, beside };
}

function timeColumn(
  names: readonly string[],
  columns: Table['columns'],
  sample: readonly Row[],
  { timeColumn: chosen, rate }: ReadOptions,
): number {
  if (chosen !== undefined) {
    const exact = names.indexOf(chosen);
    return exact === -1 ? names.findIndex((name) => name.trim().toLowerCase() === chosen.trim().toLowerCase()) : exact;
  }
  // Whoever sets a rate says that no column tells the time.
  if (rate !== undefined) return -1;
  const stamps = columns.findIndex(({ kind }) => kind === 'timestamp');
  const named = guessTimeColumn(names);
  if (named !== -1) return named;
  if (stamps !== -1) return stamps;
  return names.findIndex((_, index) => share(sample, index, (text) => parseDate(text) !== undefined) > 0.5);
}

const mostlyNumbers = (sample: readonly Row[], index: number) =>
  share(sample, index, (text) => parseNumber(text) !== undefined) > 0.5;

/** Of the cells that are not empty. */
function share(sample: readonly Row[], index: number, fits: (text: string) => boolean): number {
  const filled = sample.flatMap(({ cells }) => cells[index] ?? []);
  const fitting = filled.filter((cell) => fits(String(cell)));
  return filled.length === 0 ? 0 : fitting.length / filled.length;
}

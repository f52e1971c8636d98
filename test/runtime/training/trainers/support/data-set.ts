import { readFileSync } from 'node:fs';
import { selectRows, type Target, type TrainingSet } from '../../../../../runtime/training/fit/training-set.ts';

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
  /** The last column. */
  readonly labels: readonly string[];
}

/** One of the CSV files in test/runtime/training/data. */
export function readTable(name: string): Table {
  const text = readFileSync(new URL(`../../data/${name}.csv`, import.meta.url), 'utf8');
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const cells = lines.map((line) => line.split(','));
  return {
    columns: header.split(',').slice(0, -1),
    rows: cells.map((row) => row.slice(0, -1).map(Number)),
    labels: cells.map((row) => row.at(-1) ?? ''),
  };
}

export function setOf({ columns, rows, labels }: Table, task: Target['task']): TrainingSet {
  return {
    ...{ rows: rows.length, width: columns.length, columns, values: Float32Array.from(rows.flat()) },
    target: targetOf(task, labels),
  };
}

function targetOf(task: Target['task'], labels: readonly string[]): Target {
  if (task === 'anomaly') return { task };
  if (task === 'regression') return { task, values: Float64Array.from(labels, Number) };
  const classes = [...new Set(labels)].sort();
  return { task, classes, codes: Int32Array.from(labels, (label) => classes.indexOf(label)) };
}

export interface SplitSet {
  readonly train: TrainingSet;
  readonly test: TrainingSet;
}

/** As the figures of scikit-learn were taken: see the README of the data. */
export function classificationSplit(name: string): SplitSet {
  const table = readTable(name);
  const seen = new Map<string, number>();
  const tested = table.labels.map((label) => {
    const place = (seen.get(label) ?? 0) + 1;
    seen.set(label, place);
    return place % 5 === 0;
  });
  return split(setOf(table, 'classification'), (row) => tested[row] === true);
}

export const regressionSplit = (name: string): SplitSet =>
  split(setOf(readTable(name), 'regression'), (row) => row % 5 === 4);

/** Learns from normal rows with an even index; whether each of the others is an anomaly. */
export function anomalySplit(name: string, normal: string): SplitSet & { readonly anomalous: readonly boolean[] } {
  const table = readTable(name);
  const isTest = (row: number) => table.labels[row] !== normal || row % 2 === 1;
  return {
    ...split(setOf(table, 'anomaly'), isTest),
    anomalous: table.labels.filter((_, row) => isTest(row)).map((label) => label !== normal),
  };
}

function split(set: TrainingSet, isTest: (row: number) => boolean): SplitSet {
  const all = Array.from({ length: set.rows }, (_, row) => row);
  return {
    train: selectRows(
      set,
      all.filter((row) => !isTest(row)),
    ),
    test: selectRows(set, all.filter(isTest)),
  };
}

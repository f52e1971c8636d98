import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Clock, systemClock } from '../../../../runtime/base/index.ts';
import type { LoadedExamples } from '../../../../runtime/datasets/index.ts';
import {
  type Finding,
  trainingChoices,
  type TrainRequest,
  type TruthLabel,
} from '../../../../runtime/messages/index.ts';
import { type ModelPackage, readPackage } from '../../../../runtime/models/package/index.ts';
import type { TrainingOutcome } from '../../../../runtime/training/index.ts';
import { trainModel } from '../../../../runtime/training/run/train-model.ts';

const DATA = resolve(import.meta.dirname, '../data');

interface Row {
  readonly values: readonly number[];
  readonly label: TruthLabel | null;
  readonly group?: string;
  readonly time?: number;
}

/** Examples of features as a data set would load them. */
export function loaded(rows: readonly Row[], columns?: readonly string[]): LoadedExamples {
  const width = rows[0]?.values.length ?? 0;
  return {
    ...{ name: 'rows', digest: 'd'.repeat(64), kind: 'features', rows: rows.length, width },
    columns: columns ?? Array.from({ length: width }, (_, at) => `f${at}`),
    values: Float32Array.from(rows.flatMap(({ values }) => values)),
    ids: Int32Array.from(rows, (_, at) => at + 1),
    labels: rows.map(({ label }) => label),
    times: Float64Array.from(rows, ({ time }) => time ?? NaN),
    groups: rows.map(({ group }) => group ?? ''),
    sources: rows.map(() => ''),
  };
}

/** A CSV of the reference data: the label, or the number that is to be learnt, in the last column. */
export async function reference(name: string): Promise<LoadedExamples> {
  const [header = '', ...lines] = (await readFile(join(DATA, `${name}.csv`), 'utf8')).trim().split('\n');
  const rows = lines.map((line) => {
    const cells = line.trim().split(',');
    const label = cells.pop() ?? '';
    return { values: cells.map(Number), label: name === 'diabetes' ? Number(label) : label };
  });
  return loaded(rows, header.trim().split(',').slice(0, -1));
}

/** Rows of two kinds that are easy to tell apart. */
export const twoKinds = (count: number, width = 4): LoadedExamples =>
  loaded(
    Array.from({ length: count }, (_, row) => ({
      values: Array.from({ length: width }, (_, at) => Math.sin(row * 7.3 + at * 1.7) + (row % 2) * 2),
      label: row % 2 === 0 ? 'well' : 'worn',
    })),
  );

export interface Learnt extends TrainingOutcome {
  readonly pkg: ModelPackage;
}

/** Trains in this process, as the process of a training does. */
export async function learn(
  examples: LoadedExamples,
  choices: TrainRequest['choices'] = {},
  {
    embedding,
    known = [],
    clock = systemClock,
  }: { readonly embedding?: string; readonly known?: readonly Finding[]; readonly clock?: Clock } = {},
): Promise<Learnt> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-train-'));
  try {
    const staging = join(directory, 'package');
    const outcome = await trainModel(
      {
        ...{ kind: 'train', dataSets: { own: '', shipped: [] }, dataSet: examples.name, model: 'model' },
        ...{ version: '1.0.0', choices: trainingChoices.parse(choices), staging },
        ...(embedding !== undefined && { embedding }),
      },
      examples,
      { clock, step: () => undefined, findings: known },
    );
    return { ...outcome, pkg: await readPackage(staging) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** @returns the code of the error */
export const failure = (examples: LoadedExamples, choices?: TrainRequest['choices']): Promise<string> =>
  learn(examples, choices).then(
    () => 'none',
    (error: { code: string }) => error.code,
  );

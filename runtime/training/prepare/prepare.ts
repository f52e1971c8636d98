import { type LoadedExamples, spanOf } from '../../datasets/index.ts';
import type { Finding, LearningTask, TrainingChoices, TruthLabel } from '../../messages/index.ts';
import { prepareRecipe, type Recipe } from '../../signal/index.ts';
import { recipe as recipeSchema } from '../../signal/schema.ts';
import { errors } from '../errors.ts';
import type { Target, TrainingSet } from '../fit/training-set.ts';
import { chooseTask, numberOf } from './choose-task.ts';
import { normalLabel } from './normal-label.ts';
import type { Prepared } from './prepared.ts';
import { constantColumns, leftOut } from './findings.ts';
import { windowFeatures } from './window-features.ts';

/** What an embedding answered, a row each: features in its place. */
export interface Embedded {
  readonly columns: readonly string[];
  readonly values: Float32Array;
}

/** Below so many usable rows nothing can be learnt and tested. */
const FEWEST = 6;

/**
 * Examples → what trainers take: the task by the labels, windows → features by a recipe, rows that cannot be used left out and
 * counted.
 *
 * @param embedded what an embedding answered to every example: it takes the place of features
 * @throws LABELS_MISSING, LABELS_NOT_NUMBERS, LABELS_TOO_FEW, LABELS_ALL_DIFFERENT, VALUE_CONSTANT, EXAMPLES_TOO_FEW, FEATURES_ALL_EQUAL, BLOCKS_INVALID, RECIPE_INVALID
 */
export function prepare(
  examples: LoadedExamples,
  { task: wanted, blocks }: Pick<TrainingChoices, 'task' | 'blocks'>,
  embedded?: Embedded,
  step?: (done: number) => void,
): Prepared {
  const task = chooseTask(examples.labels, wanted);
  const ofWindows = !embedded && examples.kind === 'window' ? windowFeatures(examples, blocks, step) : undefined;
  const made = embedded ?? ofWindows ?? examples;
  const recipe = ofWindows?.recipe ?? ownRecipe(examples, embedded);

  const learnt = whatIsLearnt(examples.labels, task);
  const unlabelled: number[] = [];
  const notFinite: number[] = [];
  const kept: number[] = [];
  for (let row = 0; row < examples.rows; row++) {
    if (!learnt.usable(row)) unlabelled.push(row);
    else if (isFinite(made.values, row, made.columns.length)) kept.push(row);
    else notFinite.push(row);
  }
  const idsOf = (rows: readonly number[]) => rows.map((row) => examples.ids[row] as number);
  const findings: Finding[] = [
    ...leftOut('UNLABELLED', unlabelled.length, examples.rows, idsOf(unlabelled)),
    ...leftOut('NOT_FINITE', notFinite.length, examples.rows, idsOf(notFinite)),
    ...learnt.findings,
  ];
  if (kept.length < FEWEST) {
    const without = { unlabelled: unlabelled.length };
    throw errors.EXAMPLES_TOO_FEW({ usable: kept.length, of: examples.rows, needed: FEWEST, ...without });
  }

  const { target, strata, anomalous } = learnt.of(kept);
  const form = (values: Float32Array, width: number, columns: readonly string[]): TrainingSet => ({
    ...{ rows: kept.length, width, columns, target },
    values: pick(values, kept, width),
  });
  const features = form(made.values, made.columns.length, made.columns);
  findings.push(...constantColumns(features));
  return {
    task,
    rows: kept.length,
    ids: Int32Array.from(kept, (row) => examples.ids[row] as number),
    groups: kept.map((row) => examples.groups[row] ?? ''),
    times: Float64Array.from(kept, (row) => examples.times[row] ?? NaN),
    sources: kept.map((row) => examples.sources[row] ?? ''),
    span: spanOf(examples),
    strata,
    anomalous,
    features,
    ...(examples.window &&
      !embedded && {
        windows: { ...form(examples.values, examples.width, examples.columns), window: examples.window },
      }),
    ...(recipe && { recipe }),
    findings,
  };
}

/** Of features that were collected: the recipe that made them, if it is known and is theirs. */
function ownRecipe({ recipe, kind, columns }: LoadedExamples, embedded: Embedded | undefined): Recipe | undefined {
  if (embedded || kind === 'window' || recipe === undefined) return undefined;
  const result = recipeSchema.safeParse(JSON.parse(recipe));
  if (!result.success) return undefined;
  const made = prepareRecipe(result.data).featureNames;
  return made.length === columns.length && made.every((name, at) => name === columns[at]) ? result.data : undefined;
}

interface Learnt {
  usable(row: number): boolean;
  of(rows: readonly number[]): Pick<Prepared, 'strata' | 'anomalous'> & { readonly target: Target };
  readonly findings: readonly Finding[];
}

/** @throws LABELS_TOO_FEW, LABELS_ALL_DIFFERENT, VALUE_CONSTANT */
function whatIsLearnt(labels: readonly (TruthLabel | null)[], task: LearningTask): Learnt {
  const label = (row: number) => labels[row] ?? null;
  const none = (rows: readonly number[]) => new Uint8Array(rows.length);
  if (task === 'regression') {
    const value = (row: number) => numberOf(label(row) ?? '');
    return {
      usable: (row) => value(row) !== undefined,
      findings: [],
      of(rows) {
        const values = Float64Array.from(rows, (row) => value(row) ?? NaN);
        const [first = NaN] = values;
        if (values.every((each) => each === first)) {
          throw errors.VALUE_CONSTANT({ value: first, examples: values.length });
        }
        return { target: { task, values }, strata: new Int32Array(rows.length), anomalous: none(rows) };
      },
    };
  }
  if (task === 'classification') {
    return {
      usable: (row) => label(row) !== null,
      findings: [],
      of(rows) {
        const classes = [...new Set(rows.map((row) => String(label(row))))].sort(byName);
        if (classes.length < 2) throw errors.LABELS_TOO_FEW({ labels: classes });
        if (classes.length === rows.length) {
          throw errors.LABELS_ALL_DIFFERENT({ examples: rows.length, label: classes[0] ?? '' });
        }
        const codeOf = new Map(classes.map((name, code) => [name, code]));
        const codes = Int32Array.from(rows, (row) => codeOf.get(String(label(row))) ?? 0);
        return { target: { task, classes, codes }, strata: codes, anomalous: none(rows) };
      },
    };
  }
  const normal = normalLabel(labels);
  return {
    usable: () => true,
    findings: normal.findings,
    of(rows) {
      const anomalous = Uint8Array.from(rows, (row) => (normal.isAnomalous(label(row)) ? 1 : 0));
      return { target: { task }, strata: Int32Array.from(anomalous), anomalous };
    },
  };
}

/** As people count: `2` before `10`. The same everywhere, whatever language the machine speaks. */
const byName = (a: string, b: string) => {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined && y !== undefined && x !== y) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
};

function isFinite(values: Float32Array, row: number, width: number): boolean {
  for (let at = row * width; at < (row + 1) * width; at++) if (!Number.isFinite(values[at])) return false;
  return true;
}

function pick(values: Float32Array, rows: readonly number[], width: number): Float32Array {
  const picked = new Float32Array(rows.length * width);
  rows.forEach((row, at) => picked.set(values.subarray(row * width, (row + 1) * width), at * width));
  return picked;
}

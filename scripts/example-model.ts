/** Makes the model packages that ship with the example flows. Everything is seeded: the same sources give the same bytes. */
import { systemClock } from '../runtime/base/index.ts';
import { createInference } from '../runtime/inference/index.ts';
import { type ModelPackage, writePackage } from '../runtime/models/package/index.ts';
import { digestOf, type PreparedRecipe } from '../runtime/signal/index.ts';
import {
  checkRows,
  evaluateAnswers,
  makeVectors,
  metricsOf,
  type Trainer,
  TRAINERS,
  type TrainingSet,
} from '../runtime/training/index.ts';

/** Rows of features with their labels. */
export interface Examples {
  readonly set: TrainingSet;
  /** Which run each row comes from. */
  readonly runs: readonly string[];
  /** The label of each row, as its place in the list of labels. */
  readonly codes: Int32Array;
}

/** Gathers rows, run by run. */
export class ExampleRows {
  readonly #rows: Float64Array[] = [];
  readonly #codes: number[] = [];
  readonly #runs: string[] = [];

  add(run: string, code: number, row: Float64Array): void {
    this.#rows.push(row);
    this.#codes.push(code);
    this.#runs.push(run);
  }

  examples(columns: readonly string[], labels: readonly string[]): Examples {
    const values = Float32Array.from(this.#rows.flatMap((row) => [...row]));
    const codes = Int32Array.from(this.#codes);
    const target = { task: 'classification', classes: labels, codes } as const;
    const set = { rows: this.#rows.length, width: columns.length, values, columns, target };
    return { set, runs: this.#runs, codes };
  }
}

/** What one model differs in from another. */
export interface ExampleModel {
  readonly name: string;
  readonly version: string;
  /** Digest of the version that it takes the place of. */
  readonly parent?: string;
  readonly description: string;
  readonly labels: readonly string[];
  readonly recipe: PreparedRecipe;
  readonly unitOf: (feature: string) => string;
  readonly trainer: keyof typeof TRAINERS;
  /** Of the trainer. Default: its own. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly seen: Examples;
  readonly held: Examples;
  /** `6 of 18 runs`: what was held out. */
  readonly heldOut: string;
  readonly reference: {
    readonly description: string;
    readonly names: readonly string[];
    readonly rows: readonly Float64Array[];
  };
  /** Where it comes from, for the lineage. */
  readonly note: string;
}

export interface MadeModel {
  readonly pkg: ModelPackage;
  /** The largest to ONNX Runtime's own answers. */
  readonly difference: number;
}

/**
 * Trains, measures on what was held out, writes the package and checks it against ONNX Runtime.
 *
 * @param directory of the package; what lies there is replaced
 */
export async function makeExampleModel(directory: string, wanted: ExampleModel): Promise<MadeModel> {
  const { seen, held, recipe, labels } = wanted;
  const trainer: Trainer | undefined = TRAINERS[wanted.trainer];
  if (!trainer) throw new Error(`there is no trainer "${wanted.trainer}"`);
  const settings: unknown = trainer.settings.parse(wanted.settings ?? {});
  const fitted = trainer.train(seen.set, settings, { seed: 1, step: () => true });
  const ids = Int32Array.from({ length: held.set.rows }, (_, row) => row);
  const evaluation = evaluateAnswers({
    ...{ task: 'classification', rows: held.set.rows, ids, groups: held.runs, classes: labels, actual: held.codes },
    scores: fitted.predict(held.set.values, held.set.rows),
  });
  const onnx = fitted.onnx();
  const pkg = await writePackage(directory, {
    manifest: {
      name: wanted.name,
      version: wanted.version,
      description: wanted.description,
      task: 'classification',
      inputs: fitted.inputs.map((input) => ({ ...input, units: recipe.featureNames.map(wanted.unitOf) })),
      outputs: [...fitted.outputs],
      labels: [...labels],
      recipe: recipe.recipe,
      reference: { description: wanted.reference.description },
      vectors: makeVectors(fitted, held.set, { strata: held.codes }, ids),
      metrics: metricsOf(wanted.heldOut, evaluation),
      lineage: {
        ...(wanted.parent !== undefined && { parent: wanted.parent }),
        data: digestOf({ columns: seen.set.columns, values: [...seen.set.values], codes: [...seen.codes] }),
        trainer: { name: trainer.name, settings: settings as Record<string, unknown> },
        note: wanted.note,
      },
    },
    onnx,
    reference: { names: wanted.reference.names, rows: wanted.reference.rows },
  });
  const inference = createInference({ clock: systemClock });
  try {
    return { pkg, difference: await checkRows(inference, pkg, fitted, held.set) };
  } finally {
    await inference.close();
  }
}

/** What a person who runs a script wants to know. */
export function sayModel({ pkg, difference }: MadeModel): void {
  const { name, version, metrics, labels = [], inputs } = pkg.manifest;
  console.log(
    `${name} ${version} ${pkg.digest.slice(0, 12)} in ${pkg.directory}: ${inputs[0]?.features?.length} features`,
  );
  console.log(`held-out accuracy ${metrics?.accuracy?.toFixed(4)} (${metrics?.heldOut})`);
  for (const [index, label] of labels.entries()) {
    console.log(
      `  ${label.padEnd(14)} ${metrics?.confusion?.[index]?.map((count) => String(count).padStart(6)).join('')}`,
    );
  }
  console.log(`largest difference to ONNX Runtime ${difference}`);
}

import type { LoadedExamples } from '../../datasets/index.ts';
import type { Evaluation } from '../../messages/index.ts';
import type { Manifest, ModelPackage, PackageParts, Reference, TestVector } from '../../models/package/index.ts';
import { embeddingOutput } from '../embedding/embed.ts';
import { joinModels } from '../embedding/join-models.ts';
import { rawInput } from '../embedding/raw-input.ts';
import { formFor } from '../fit/fit-rows.ts';
import type { Fitted, Trainer } from '../fit/trainer.ts';
import { chooseVectorRows, makeVectors } from '../package/make-vectors.ts';
import { metricsOf } from '../package/metrics-of.ts';
import { referenceRows } from '../package/reference-rows.ts';
import type { Prepared } from '../prepare/prepared.ts';
import type { Split } from '../../datasets/index.ts';
import type { TrainingJob } from './job.ts';

export interface Made {
  readonly examples: LoadedExamples;
  readonly prepared: Prepared;
  readonly split: Split;
  readonly trainer: Trainer;
  readonly settings: unknown;
  readonly fitted: Fitted;
  readonly evaluation: Evaluation;
  readonly why: string;
}

/** Everything of the package but its files' digests: no clock is read, so that the same training gives the same bytes. */
export function packageParts({ model, version, parent, choices }: TrainingJob, made: Made): PackageParts {
  const { examples, prepared, split, trainer, settings, fitted, evaluation, why } = made;
  const form = formFor(trainer, prepared);
  const reference = referenceRows(prepared, form, split.train);
  return {
    manifest: {
      ...{ name: model, version, task: prepared.task },
      inputs: [...fitted.inputs],
      outputs: [...fitted.outputs],
      ...(form.target.task === 'classification' && { labels: [...form.target.classes] }),
      ...(fitted.threshold !== undefined && { threshold: fitted.threshold }),
      ...(trainer.takes === 'features' && prepared.recipe && { recipe: prepared.recipe }),
      ...(reference && { reference: described(reference, split) }),
      vectors: makeVectors(fitted, form, prepared, split.test),
      metrics: metricsOf(split.words, evaluation),
      lineage: {
        ...{ data: examples.digest, dataSet: examples.name },
        ...(parent !== undefined && { parent }),
        trainer: { name: trainer.name, settings: settings as Record<string, unknown> },
        split: { by: split.by, share: choices.testShare, task: prepared.task },
        seed: choices.seed,
        note: `${trainer.title}: ${fitted.words}. ${why}`,
      },
    },
    onnx: fitted.onnx(),
    ...(reference && { reference }),
  };
}

/**
 * The same behind an embedding: it takes what the embedding takes.
 *
 * @throws EMBEDDING_UNFIT
 */
export function behindEmbedding(parts: PackageParts, front: ModelPackage, made: Made): PackageParts {
  const { examples, prepared, split, trainer, fitted } = made;
  const { name, version, inputs, recipe } = front.manifest;
  const { recipe: _recipe, reference: _reference, ...manifest } = parts.manifest;
  const reference = ofExamples(made);
  return {
    manifest: {
      ...manifest,
      inputs: [...inputs],
      ...(recipe && { recipe }),
      ...(reference && { reference: described(reference, split) }),
      vectors: vectorsOf(front, examples, prepared, split, fitted, formFor(trainer, prepared)),
      lineage: { ...manifest.lineage, embedding: { name, version, digest: front.digest } },
    },
    onnx: joinModels(front.onnx, embeddingOutput(front), parts.onnx, `${name}@${version}`),
    ...(reference && { reference }),
  };
}

const described = ({ rows }: Reference, { train }: Split): NonNullable<Manifest['reference']> => ({
  description: `${rows.length} of ${train.length} examples that it learnt from`,
});

/** What drift watches is what the flow sends: the examples themselves, where they are features. */
function ofExamples({ examples, prepared, split }: Made): Reference | undefined {
  if (examples.kind === 'window' || !prepared.features) return undefined;
  const { columns, width, values, ids } = examples;
  const placeOf = new Map(Array.from(ids, (id, row) => [id, row]));
  const own = new Float32Array(prepared.rows * width);
  prepared.ids.forEach((id, row) => {
    const place = placeOf.get(id) ?? 0;
    own.set(values.subarray(place * width, (place + 1) * width), row * width);
  });
  return referenceRows(prepared, { ...prepared.features, columns, width, values: own }, split.train);
}

function vectorsOf(
  front: ModelPackage,
  examples: LoadedExamples,
  prepared: Prepared,
  split: Split,
  fitted: Fitted,
  form: ReturnType<typeof formFor>,
): TestVector[] {
  const placeOf = new Map(Array.from(examples.ids, (id, row) => [id, row]));
  const rows = chooseVectorRows(prepared, split.test, Math.max(form.width, examples.width));
  const vectors = makeVectors(fitted, form, prepared, split.test, rows);
  return vectors.flatMap((vector, at) => {
    const row = placeOf.get(prepared.ids[rows[at] as number] as number);
    const inputs = row === undefined ? undefined : rawInput(front, examples, row);
    // The embedding's arithmetic differs a little from machine to machine, and the head may sharpen that.
    return inputs ? [{ ...vector, inputs, tolerance: vector.tolerance * 10 }] : [];
  });
}

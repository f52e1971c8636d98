import type { Inference } from '../inference/index.ts';
import type { ModelCard, ModelRow, TryAnswer } from '../messages/index.ts';
import { type Registry, toModelRows, toModelVersion } from '../models/registry/index.ts';
import { recipeDigest } from '../signal/index.ts';
import { exampleOf } from './model-example.ts';
import { describeInput, describeOutput } from './model-words.ts';

/** The models of this machine as a person looks at them. */
export interface ModelLibrary {
  list(): Promise<readonly ModelRow[]>;
  /** @throws MODEL_NOT_FOUND, or what is wrong with the package */
  card(reference: string): Promise<ModelCard>;
  /** The model's file. @throws as `card` does */
  file(reference: string): Promise<{ readonly fileName: string; readonly onnx: Uint8Array }>;
  /** Asks a model once, whether or not a flow uses it. @throws what `infer` throws */
  ask(reference: string, input: unknown): Promise<TryAnswer>;
}

export function createModelLibrary({ models, inference }: { models: Registry; inference: Inference }): ModelLibrary {
  return {
    list: async () => toModelRows(await models.list()),
    async card(reference) {
      const [entry, { manifest, digest, reference: rows }] = await Promise.all([
        models.find(reference),
        models.resolve(reference),
      ]);
      const { name, task, description, inputs, outputs, labels, recipe, metrics, lineage, vectors } = manifest;
      const machine = await models.facts(digest);
      return {
        ...{ name, version: toModelVersion(entry), task },
        inputs: inputs.map(describeInput),
        outputs: outputs.map((output) => describeOutput(output, labels)),
        vectors: vectors.length,
        referenceRows: rows?.rows.length ?? 0,
        example: exampleOf(manifest),
        ...(description !== undefined && { description }),
        ...(labels && { labels }),
        ...(recipe && { recipe: recipeDigest(recipe) }),
        ...(metrics && { metrics }),
        ...(lineage && { lineage }),
        ...(machine && { machine }),
      };
    },
    async file(reference) {
      const { manifest, onnx } = await models.resolve(reference);
      return { fileName: `${manifest.name}-${manifest.version}.onnx`, onnx };
    },
    async ask(reference, input) {
      const predictor = await inference.open(await models.resolve(reference));
      try {
        const { payload, latencyMs } = await predictor.predict(input);
        return { prediction: payload, latencyMs };
      } finally {
        await predictor.close();
      }
    },
  };
}

import type { Clock } from '../base/index.ts';
import type { Inference, ModelPackage } from '../inference/index.ts';
import type { MachineFacts, ModelCard, ModelRow, TryAnswer } from '../messages/index.ts';
import { modelCard } from '../models/import/index.ts';
import { type Registry, toModelRows, toModelVersion } from '../models/registry/index.ts';
import { externalFiles, readOnnx } from '../onnx-format/index.ts';

/** The models of this machine as a person looks at them. */
export interface ModelLibrary {
  list(): Promise<readonly ModelRow[]>;
  /** @throws MODEL_NOT_FOUND, or what is wrong with the package */
  card(reference: string): Promise<ModelCard>;
  /** The model's file. @throws as `card` does */
  file(reference: string): Promise<{ readonly fileName: string; readonly onnx: Uint8Array }>;
  /** The other files in which a model keeps its numbers, as it names them. @throws ONNX_… */
  externalFiles(onnx: Uint8Array): readonly string[];
  /** Asks a model once, whether or not a flow uses it. @throws what `infer` throws */
  ask(reference: string, input: unknown): Promise<TryAnswer>;
}

interface Parts {
  readonly models: Registry;
  readonly inference: Inference;
  readonly clock: Clock;
}

export function createModelLibrary({ models, inference, clock }: Parts): ModelLibrary {
  const seen = new Map<string, MachineFacts>();
  /** Of a model that no flow has asked for here. A compiled one is so cheap to load that nothing of it is kept on disk. */
  const measured = async (pkg: ModelPackage): Promise<MachineFacts | undefined> => {
    const known = seen.get(pkg.digest);
    if (known) return known;
    const predictor = await inference.open(pkg).catch(() => undefined);
    if (!predictor) return undefined;
    const { tier, why, microseconds } = predictor;
    await predictor.close();
    const facts = { tier, why, microseconds: { ...microseconds }, measured: clock.now() };
    seen.set(pkg.digest, facts);
    return facts;
  };

  return {
    list: async () => toModelRows(await models.list()),
    async card(reference) {
      const [entry, pkg] = await Promise.all([models.find(reference), models.resolve(reference)]);
      const facts = (await models.facts(pkg.digest)) ?? (await measured(pkg));
      return modelCard(pkg, toModelVersion(entry), facts);
    },
    async file(reference) {
      const { manifest, onnx } = await models.resolve(reference);
      return { fileName: `${manifest.name}-${manifest.version}.onnx`, onnx };
    },
    externalFiles: (onnx) => externalFiles(readOnnx(onnx)),
    async ask(reference, input) {
      const predictor = await inference.open(await models.resolve(reference));
      try {
        const { payload, latencyMs } = await predictor.predict(input);
        // Not every answer can be explained: a text, a picture, several rows.
        const explanation = await predictor.explain(input).catch(() => undefined);
        return { prediction: payload, latencyMs, ...(explanation && { explanation }) };
      } finally {
        await predictor.close();
      }
    },
  };
}

import { type Clock, systemClock } from '../../base/index.ts';
import type { Inference } from '../../inference/index.ts';
import type { ImportChoices, ModelProposal } from '../../messages/index.ts';
import {
  checkRunnable,
  dropZipMap,
  type OnnxModel,
  readOnnx,
  summary,
  withExternal,
  writeOnnx,
} from '../../onnx-format/index.ts';
import { type PackageParts, sealPackage } from '../package/index.ts';
import type { Registry, RegistryEntry } from '../registry/index.ts';
import { errors } from './errors.ts';
import { naturalSample } from './natural-sample.ts';
import { propose, type Proposed } from './propose.ts';
import { recordVectors } from './record-vectors.ts';
import { sampleFeeds } from './sample-feeds.ts';
import { seeded } from './random.ts';
import { tryModel } from './try-model.ts';
import { typicalValues } from './typical-values.ts';
import { describeInput, describeOutput } from './words.ts';

export interface ImporterOptions {
  readonly inference: Inference;
  readonly registry: Registry;
  readonly clock?: Clock;
}

export interface ModelFile {
  /** The model is named after it. */
  readonly fileName: string;
  /** The other files in which it keeps its numbers, by the names that it has for them. They become part of it. */
  readonly external?: ReadonlyMap<string, Uint8Array>;
}

export interface Inspected {
  readonly proposal: ModelProposal;
  /** What would be stored. */
  readonly parts: PackageParts;
}

/** What is said of a version beside its package. */
export type StoreChoices = Pick<ImportChoices, 'note' | 'alias'>;

/** Makes packages of model files: reads one, says what it is in plain words, tries it, and stores it. */
export interface Importer {
  /**
   * Stores nothing. What goes wrong when the model is tried stands in the proposal.
   *
   * @throws ONNX_… for a file that is no model, IMPORT_… for choices that contradict it
   */
  inspect(onnx: Uint8Array, file: ModelFile, choices?: ImportChoices): Promise<Inspected>;
  /**
   * Stores what was inspected, also where it did not run: it may on another machine.
   *
   * @throws VERSION_TAKEN, VERSION_INVALID, ALIAS_INVALID
   */
  store(parts: PackageParts, choices?: StoreChoices): Promise<RegistryEntry>;
  /** Both, one after the other. @throws as they do */
  add(onnx: Uint8Array, file: ModelFile, choices?: ImportChoices): Promise<RegistryEntry>;
}

export function createImporter({ inference, registry, clock = systemClock }: ImporterOptions): Importer {
  const inspect = async (onnx: Uint8Array, file: ModelFile, choices: ImportChoices = {}): Promise<Inspected> => {
    const alone = readOnnx(onnx);
    const read = file.external?.size ? withExternal(alone, file.external) : alone;
    checkRunnable(read);
    const { model, labels: zipMap } = dropZipMap(read);
    const bytes = model === alone ? onnx : writeOnnx(model);
    const proposed = propose(model, zipMap?.map(String), choices);
    const name = choices.name ?? nameFrom(file.fileName);
    if (!NAME.test(name)) throw errors.IMPORT_NAME_INVALID({ name });

    const { inputs } = proposed;
    const typical = new Map(
      inputs.map((each) => [each.name, typicalValues(model.graph, each.name, each.features?.length ?? 0)]),
    );
    const description = choices.description ?? describedIn(model, proposed);
    const manifest: PackageParts['manifest'] = {
      name,
      version: choices.version ?? (await registry.nextVersion(name)),
      ...(description !== undefined && { description }),
      task: proposed.task,
      inputs: [...inputs],
      outputs: [...proposed.outputs],
      ...(proposed.labels && { labels: [...proposed.labels] }),
      vectors: [],
    };
    const draft = { manifest, onnx: bytes };
    const sample = choices.sample ?? naturalSample(inputs, sampleFeeds(inputs, typical, seeded(1)));
    const trial = await tryModel(inference, sealPackage(draft).pkg, sample, clock);
    const vectors = trial.sample.problem ? [] : await recordVectors(inference, sealPackage(draft).pkg, typical);
    const parts = { ...draft, manifest: { ...manifest, vectors } };
    const version = choices.version ?? (await knownVersion(registry, parts)) ?? manifest.version;
    return {
      parts: { ...parts, manifest: { ...parts.manifest, version } },
      proposal: {
        ...described(model, proposed, onnx.byteLength),
        name,
        version,
        ...(description !== undefined && { description }),
        ...trial,
      },
    };
  };

  const store = async (parts: PackageParts, { note, alias }: StoreChoices = {}) => {
    const { name, version } = parts.manifest;
    const entry = await registry.put(parts, { ...(note !== undefined && { note }) });
    if (alias === undefined) return entry;
    await registry.alias(name, alias, version);
    return await registry.find(`${name}@${version}`);
  };

  return {
    inspect,
    store,
    add: async (onnx, file, choices = {}) => await store((await inspect(onnx, file, choices)).parts, choices),
  };
}

const NAME = /^[a-z0-9][a-z0-9._-]*$/;

/** `C:\models\Pump Health (2).onnx` → `pump-health-2`. */
function nameFrom(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? '';
  const plain = base
    .replace(/\.onnx$/i, '')
    .normalize('NFKD')
    .toLowerCase();
  const name = plain.replace(/[^a-z0-9._-]+/g, '-').replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return name === '' ? 'model' : name;
}

function describedIn(model: OnnxModel, { metadata }: Proposed): string | undefined {
  const text = metadata['description'] ?? (model.description || model.graph.description);
  return text.trim() === '' ? undefined : text.trim();
}

/** The same model that was imported before is the same version again. */
async function knownVersion(registry: Registry, parts: PackageParts): Promise<string | undefined> {
  const { name } = parts.manifest;
  for (const entry of await registry.list()) {
    if (entry.name !== name || entry.version === undefined || entry.error) continue;
    const { version } = entry;
    if (sealPackage({ ...parts, manifest: { ...parts.manifest, version } }).pkg.digest === entry.digest) return version;
  }
  return undefined;
}

function described(model: OnnxModel, proposed: Proposed, bytes: number) {
  const { task, because, inputs, outputs, labels, labelsFrom, metadata, warnings } = proposed;
  const { producer, opsets, parameters, operators } = summary(model);
  return {
    ...{ task, because, metadata, bytes },
    inputs: inputs.map(describeInput),
    outputs: outputs.map((output) => describeOutput(output, { task, labels: labels && [...labels] })),
    ...(labels && { labels: [...labels] }),
    ...(labelsFrom !== undefined && { labelsFrom }),
    producer: producer === '' ? 'unknown' : producer,
    ...{ opsets, parameters },
    operators: { ...operators },
    warnings: [...warnings],
  };
}

import type { MachineFacts, ModelCard, ModelVersion } from '../../messages/index.ts';
import { prepareRecipe, recipeDigest } from '../../signal/index.ts';
import type { ModelInput, ModelPackage } from '../package/index.ts';
import { toPlainTensor } from '../../inference/index.ts';
import { naturalSample } from './natural-sample.ts';
import { seeded } from './random.ts';
import { sampleFeeds } from './sample-feeds.ts';
import { describeInput, describeOutput } from './words.ts';

/**
 * All that is known of one version: its model.json in plain words, and what was measured on this machine.
 *
 * @param version as the registry has it
 */
export function modelCard(pkg: ModelPackage, version: ModelVersion, machine: MachineFacts | undefined): ModelCard {
  const { name, task, description, labels, recipe, metrics, lineage, vectors, outputs } = pkg.manifest;
  const inputs = namedInputs(pkg);
  return {
    name,
    version,
    task,
    ...(description !== undefined && { description }),
    inputs: inputs.map(describeInput),
    outputs: outputs.map((output) => describeOutput(output, pkg.manifest)),
    ...(labels && { labels }),
    ...(recipe && { recipe: recipeDigest(recipe) }),
    ...(metrics && { metrics }),
    ...(lineage && { lineage }),
    vectors: vectors.length,
    referenceRows: pkg.reference?.rows.length ?? 0,
    ...(machine && { machine }),
    example: exampleOf(pkg, inputs),
  };
}

/** With the kind said, and the features that the recipe makes. */
function namedInputs({ manifest }: ModelPackage): ModelInput[] {
  const features = manifest.recipe && prepareRecipe(manifest.recipe).featureNames;
  return manifest.inputs.map((input) => {
    const known = input.features ?? (manifest.inputs.length === 1 ? features : undefined);
    return { ...input, kind: input.kind ?? (known ? 'features' : 'tensor'), ...(known && { features: [...known] }) };
  });
}

/** What the package knows the answer to, else values that its input allows. */
function exampleOf({ manifest }: ModelPackage, inputs: readonly ModelInput[]): unknown {
  const [vector] = manifest.vectors;
  if (!vector) return naturalSample(inputs, sampleFeeds(inputs, new Map(), seeded(1)));
  const feeds = inputs.flatMap(({ name, type }) => {
    const tensor = vector.inputs[name];
    return tensor ? [[name, toPlainTensor(type, tensor)] as const] : [];
  });
  return naturalSample(inputs, Object.fromEntries(feeds));
}

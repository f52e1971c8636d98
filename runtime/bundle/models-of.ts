import { join } from 'node:path';
import { readManifest } from '../models/package/index.ts';
import { errors } from './errors.ts';
import type { OpenBundle } from './types.ts';

/** The models of an unpacked bundle, as the registry takes them. */
export interface BundleModels {
  /** The folder of the packages, `NAME/VERSION/`, for a read-only layer; undefined where the bundle brings no model. */
  readonly layer?: string;
  /** Reference in the flow → digest of the version that it means: they keep whatever aliases and newer versions the device has. */
  readonly pins: Readonly<Record<string, string>>;
}

/**
 * @param bundle unpacked: read from a folder
 * @throws BUNDLE_ALTERED where a model is not the one that the bundle names; what models/package says of its model.json
 */
export async function modelsOf({ manifest, source }: OpenBundle): Promise<BundleModels> {
  const { models, localAliases } = manifest;
  const layer = join(source, 'models');
  for (const { name, version, digest } of models) {
    const found = await readManifest(join(layer, name, version));
    if (found.digest === digest && found.manifest.name === name && found.manifest.version === version) continue;
    const problem = `models/${name}/${version} is not the model that its description names`;
    throw errors.BUNDLE_ALTERED({ bundle: source, problem });
  }
  const pinned = models.flatMap(({ references, digest }) =>
    references
      .filter((reference) => !localAliases.includes(reference))
      .map((reference) => [reference, digest] as const),
  );
  return { ...(models.length > 0 && { layer }), pins: Object.fromEntries(pinned) };
}

import { MillraceError } from '../../base/index.ts';
import { readPackage } from '../../models/package/index.ts';
import type { Registry, RegistryEntry } from '../../models/registry/index.ts';

/** Another process may take the same version first: so often the next one is tried. */
const ATTEMPTS = 5;

/** Stores what was trained; under the next version, where somebody else has taken this one meanwhile. */
export async function storeModel(models: Registry, staging: string): Promise<RegistryEntry> {
  for (let attempt = 1; ; attempt++) {
    try {
      if (attempt === 1) return await models.put(staging);
      const { manifest, onnx, reference } = await readPackage(staging);
      const version = await models.nextVersion(manifest.name);
      return await models.put({ manifest: { ...manifest, version }, onnx, ...(reference && { reference }) });
    } catch (thrown) {
      const taken = thrown instanceof MillraceError && thrown.code === 'VERSION_TAKEN';
      if (!taken || attempt === ATTEMPTS) throw thrown;
    }
  }
}

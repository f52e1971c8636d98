import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { OpenBundle } from '../../bundle/index.ts';
import { measureModels, type ModelCosts } from '../../inference/index.ts';
import { type ModelPackage, readPackage } from '../../models/package/index.ts';

/** Measuring takes seconds a model: of a bundle with more, the largest are measured and the others guessed. */
const MOST = 8;

/**
 * What the models of a bundle cost on this machine. Each is run in processes of its own, so that one that ends its process
 * ends nothing else.
 *
 * @throws what bundle and models/package say of a model that is not as it should be
 */
export async function measureBundle(bundle: OpenBundle): Promise<ModelCosts[]> {
  const largest = [...bundle.manifest.needs.models].sort((a, b) => b.bytes - a.bytes).slice(0, MOST);
  const wanted = bundle.manifest.models.filter(({ digest }) => largest.some((model) => model.digest === digest));
  const directory = await mkdtemp(join(tmpdir(), 'millrace-doctor-'));
  try {
    const packages: ModelPackage[] = [];
    for (const { name, version } of wanted)
      packages.push(await takeOut(bundle, `models/${name}/${version}`, directory));
    return await measureModels(packages);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A model of a bundle: where it lies, or copied out of its file. */
async function takeOut(bundle: OpenBundle, folder: string, directory: string): Promise<ModelPackage> {
  if ((await stat(bundle.source)).isDirectory()) return await readPackage(join(bundle.source, folder));
  for (const path of Object.keys(bundle.manifest.files)) {
    if (!path.startsWith(`${folder}/`)) continue;
    const target = join(directory, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, await bundle.read(path));
  }
  return await readPackage(join(directory, folder));
}

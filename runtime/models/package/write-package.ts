import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../base/index.ts';
import { digestOf } from '../../signal/index.ts';
import { type Manifest, manifest as manifestSchema, PACKAGE_FORMAT } from './manifest.ts';
import type { ModelPackage, PackageParts } from './package.ts';
import { readPackage } from './read-package.ts';
import { formatReference } from './reference.ts';

/**
 * Writes a model package in the place of whatever lies there. The directory appears whole or not at all.
 *
 * @returns the package as it was read back
 * @throws {z.ZodError} if the manifest is not valid
 */
export async function writePackage(directory: string, parts: PackageParts): Promise<ModelPackage> {
  const files: Record<string, Uint8Array> = { 'model.onnx': parts.onnx };
  if (parts.reference) files['reference.csv'] = new TextEncoder().encode(formatReference(parts.reference));
  const manifest: Manifest = manifestSchema.parse({
    format: PACKAGE_FORMAT,
    ...parts.manifest,
    files: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, digestOf(bytes)])),
  });

  const partial = `${directory}.partial-${newId()}`;
  await mkdir(partial, { recursive: true });
  try {
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(partial, name), bytes, { flush: true });
    await writeFile(join(partial, 'model.json'), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
    await rm(directory, { recursive: true, force: true });
    await rename(partial, directory);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
  return readPackage(directory);
}

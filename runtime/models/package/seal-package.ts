import { digestOf } from '../../signal/index.ts';
import { type Manifest, manifest as manifestSchema, PACKAGE_FORMAT } from './manifest.ts';
import type { ModelPackage, PackageParts } from './package.ts';
import { formatReference } from './reference.ts';

/** A package that lies nowhere yet, and its files as they would be written. */
export interface SealedPackage {
  readonly pkg: ModelPackage;
  /** By name, `model.json` last: where it is, all is. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Completes the manifest by the digests of the files, and gives the package its own.
 *
 * @param directory where it will lie, '' if nowhere
 * @throws {z.ZodError} if the manifest is not valid
 */
export function sealPackage(parts: PackageParts, directory = ''): SealedPackage {
  const files = new Map([['model.onnx', parts.onnx]]);
  if (parts.reference) files.set('reference.csv', new TextEncoder().encode(formatReference(parts.reference)));
  const manifest: Manifest = manifestSchema.parse({
    format: PACKAGE_FORMAT,
    ...parts.manifest,
    files: Object.fromEntries([...files].map(([name, bytes]) => [name, digestOf(bytes)])),
  });
  const json = `${JSON.stringify(manifest, null, 2)}\n`;
  files.set('model.json', new TextEncoder().encode(json));
  // Of the text, as a reader will take it: there `undefined` is left out.
  return { pkg: { ...parts, manifest, digest: digestOf(JSON.parse(json)), directory }, files };
}
